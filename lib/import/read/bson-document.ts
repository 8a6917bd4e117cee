import { Decimal128 } from 'bson';
import { numberOf } from '../../../functions/shared/domain/values/exact-number.ts';
import type { JsonObject, JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { DEPTH_LIMIT } from './bounds.ts';
import { Damage, DocumentFault, type Element, elementsOf, stringAt, untilZero } from './bson-elements.ts';
import {
  binaryFrom,
  codeFrom,
  dateFrom,
  doubleFrom,
  extremeFrom,
  numberFrom,
  referenceFrom,
  regexFrom,
  timestampFrom,
} from './conversions.ts';
import { odd, setKey, type Walk } from './oddities.ts';

type Read = (bytes: Buffer, element: Element, walk: Walk, depth: number) => JsonValue | undefined;

const OBJECT = 3;
const OBJECT_ID = 7;
const OBJECT_ID_BYTES = 12;

const objectIdAt = (bytes: Buffer, at: number) => bytes.toString('hex', at, at + OBJECT_ID_BYTES);

const readString: Read = (bytes, { at, length }) => stringAt(bytes, at, at + length);

function readBinary(bytes: Buffer, { at, length }: Element, walk: Walk): JsonValue {
  const subtype = bytes.readUInt8(at + 4);
  const start = at + 5;
  // The old kind has its length twice.
  const isTwice = subtype === 2 && length >= 9 && bytes.readInt32LE(start) === length - 9;
  return binaryFrom(bytes.subarray(isTwice ? start + 4 : start, at + length), subtype, walk);
}

const readLong: Read = (bytes, { at }) => {
  const long = bytes.readBigInt64LE(at);
  return numberOf(String(long));
};

const readDate: Read = (bytes, { at }, walk) => {
  const ms = bytes.readBigInt64LE(at);
  return dateFrom(Number(ms), String(ms), walk);
};

const readDecimal: Read = (bytes, { at }, walk) =>
  numberFrom(new Decimal128(bytes.subarray(at, at + 16)).toString(), walk);

const readPointer: Read = (bytes, { at, length }, walk) => {
  const idAt = at + length - OBJECT_ID_BYTES;
  return referenceFrom(stringAt(bytes, at, idAt), objectIdAt(bytes, idAt), walk);
};

const readScopedCode: Read = (bytes, { at, length }, walk) => codeFrom(stringAt(bytes, at + 4, at + length), walk);

/** The driver's own type, which BSON knows as an object of these keys. */
function readReference(bytes: Buffer, elements: readonly Element[], walk: Walk): JsonValue | undefined {
  const [collection, id] = elements;
  if (collection?.key !== '$ref' || collection.type !== 2 || id?.key !== '$id' || id.type !== OBJECT_ID)
    return undefined;
  return referenceFrom(stringAt(bytes, collection.at, id.at), objectIdAt(bytes, id.at), walk);
}

const readObject: Read = (bytes, { at }, walk, depth) => {
  const elements = elementsWithin(bytes, at, depth);
  return readReference(bytes, elements, walk) ?? membersOf(bytes, elements, walk, depth);
};

const readList: Read = (bytes, { at }, walk, depth) =>
  elementsWithin(bytes, at, depth).map((element, index) => within(bytes, element, String(index), walk, depth) ?? null);

const reads: Readonly<Record<number, Read>> = {
  1: (bytes, { at }, walk) => doubleFrom(bytes.readDoubleLE(at), walk),
  2: readString,
  [OBJECT]: readObject,
  4: readList,
  5: readBinary,
  6: () => undefined,
  [OBJECT_ID]: (bytes, { at }) => objectIdAt(bytes, at),
  8: (bytes, { at }) => bytes[at] !== 0,
  9: readDate,
  10: () => null,
  11: (bytes, { at }, walk) => regexFrom(untilZero(bytes, at), walk),
  12: readPointer,
  13: (bytes, { at, length }, walk) => codeFrom(stringAt(bytes, at, at + length), walk),
  14: readString,
  15: readScopedCode,
  16: (bytes, { at }) => bytes.readInt32LE(at),
  17: (bytes, { at }, walk) => timestampFrom(bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at), walk),
  18: readLong,
  19: readDecimal,
  127: (_bytes, _element, walk) => extremeFrom('MaxKey', walk),
  255: (_bytes, _element, walk) => extremeFrom('MinKey', walk),
};

function elementsWithin(bytes: Buffer, at: number, depth: number): readonly Element[] {
  if (depth > DEPTH_LIMIT) throw new DocumentFault(`is nested deeper than ${DEPTH_LIMIT - 2} levels`);
  return elementsOf(bytes, at);
}

function within(bytes: Buffer, element: Element, key: string, walk: Walk, depth: number): JsonValue | undefined {
  walk.path.push(key);
  const read = reads[element.type];
  if (read === undefined) throw new Damage('a type is not known', element.at);
  const value = read(bytes, element, walk, depth + 1);
  walk.path.pop();
  return value;
}

function membersOf(bytes: Buffer, elements: readonly Element[], walk: Walk, depth: number): JsonObject {
  const members: Record<string, JsonValue> = {};
  for (const element of elements) {
    const value = within(bytes, element, element.key, walk, depth);
    if (Object.hasOwn(members, element.key))
      walk.oddities.push({ kind: odd.firstOfRepeated, field: [...walk.path, element.key].join('.') });
    else if (value !== undefined) setKey(members, element.key, value);
  }
  return members;
}

/** The one document of these bytes in plain JSON. Its types are certain: no object is taken for a wrapper. Throws a `Damage` or a `DocumentFault`. */
export const bsonDocument = (bytes: Buffer, walk: Walk): JsonObject => membersOf(bytes, elementsOf(bytes, 0), walk, 1);

/** The id of a document that cannot be read as a whole, where it is an ObjectId and comes first. */
export function leadingObjectId(bytes: Buffer): string | undefined {
  const isId = bytes.length >= 21 && bytes[4] === OBJECT_ID && bytes.toString('latin1', 5, 9) === '_id\0';
  return isId ? objectIdAt(bytes, 9) : undefined;
}
