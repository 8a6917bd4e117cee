import { dateMsOf } from '../../../functions/shared/domain/values/date.ts';
import { ExactNumber } from '../../../functions/shared/domain/values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../functions/shared/domain/values/json.ts';
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

/** What stands for nothing: in an object its key is left out, in a list it is null. */
export const absent = Symbol('absent');
type Plain = JsonValue | typeof absent;

/** Reads a wrapper by the key that says its type; undefined: it is none, but an object of its own. */
type Unwrap = (inner: JsonValue, wrapper: JsonObject, walk: Walk) => Plain | undefined;

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** Years beyond 9999, in the form of ECMAScript. */
const farDateMs = (text: string) => (/^[+-]\d{6}-\d\d-\d\dT/.test(text) ? Date.parse(text) : undefined);

/** The form that the database's tools write, of days that every month has: most dates, and faster than all forms that there are. */
const usual = /^([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\.(\d{3})Z$/;

function usualDateMs(text: string): number | undefined {
  const found = usual.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, ms] = found;
  return Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
}

const textDateMs = (text: string) => usualDateMs(text) ?? dateMsOf(text) ?? farDateMs(text);

const unwrapDate: Unwrap = (inner, _, walk) => {
  const long = isJsonObject(inner) ? inner.$numberLong : inner;
  if (typeof inner === 'string') return dateFrom(textDateMs(inner), inner, walk);
  const text = textOf(long);
  return dateFrom(/^-?\d{1,20}$/.test(text) ? Number(text) : undefined, text, walk);
};

const unwrapNumber: Unwrap = (inner, _, walk) => {
  if (typeof inner === 'number') return doubleFrom(inner, walk);
  if (inner instanceof ExactNumber) return inner;
  return typeof inner === 'string' ? numberFrom(inner, walk) : undefined;
};

const subtypeOf = (type: JsonValue | undefined) =>
  typeof type === 'number' ? type : Number.parseInt(textOf(type).replaceAll('"', ''), 16);

const unwrapBinary: Unwrap = (inner, { $type }, walk) => {
  const [base64, subtype] = isJsonObject(inner) ? [inner.base64, inner.subType] : [inner, $type];
  return typeof base64 === 'string' ? binaryFrom(Buffer.from(base64, 'base64'), subtypeOf(subtype), walk) : undefined;
};

/** Text of a form that it has to have; another text is taken as it is. */
const formed =
  (form: RegExp, kind: Parameters<Walk['note']>[0]): Unwrap =>
  (inner, _, walk) => {
    if (typeof inner !== 'string') return undefined;
    if (form.test(inner)) return inner.toLowerCase();
    walk.note(kind);
    return inner;
  };

const unwrapRegex: Unwrap = (inner, { $options }, walk) => {
  const pattern = isJsonObject(inner) ? inner.pattern : $options === undefined ? undefined : inner;
  return typeof pattern === 'string' ? regexFrom(pattern, walk) : undefined;
};

const unwrapTimestamp: Unwrap = (inner, _, walk) =>
  isJsonObject(inner) && typeof inner.t === 'number' && typeof inner.i === 'number'
    ? timestampFrom(inner.t, inner.i, walk)
    : undefined;

const unwrapPointer: Unwrap = (inner, _, walk) =>
  isJsonObject(inner) && typeof inner.$ref === 'string'
    ? referenceFrom(inner.$ref, plainIdOf(inner.$id, walk), walk)
    : undefined;

const unwrapReference: Unwrap = (inner, { $id }, walk) =>
  typeof inner === 'string' && $id !== undefined ? referenceFrom(inner, plainIdOf($id, walk), walk) : undefined;

function plainIdOf(id: JsonValue | undefined, walk: Walk): JsonValue {
  const plain = plainOf(id ?? null, walk);
  return plain === absent ? null : plain;
}

/** By the key that says its type; which others may stand beside it; what it becomes. */
const wrappers: ReadonlyMap<string, readonly [others: readonly string[], unwrap: Unwrap]> = new Map<
  string,
  readonly [readonly string[], Unwrap]
>([
  ['$oid', [[], formed(/^[0-9a-f]{24}$/i, odd.objectId)]],
  ['$date', [[], unwrapDate]],
  ['$numberInt', [[], unwrapNumber]],
  ['$numberLong', [[], unwrapNumber]],
  ['$numberDouble', [[], unwrapNumber]],
  ['$numberDecimal', [[], unwrapNumber]],
  ['$binary', [['$type'], unwrapBinary]],
  ['$uuid', [[], formed(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, odd.uuid)]],
  ['$symbol', [[], (inner) => (typeof inner === 'string' ? inner : undefined)]],
  ['$regularExpression', [[], unwrapRegex]],
  ['$regex', [['$options'], unwrapRegex]],
  ['$code', [['$scope'], (inner, _, walk) => (typeof inner === 'string' ? codeFrom(inner, walk) : undefined)]],
  ['$timestamp', [[], unwrapTimestamp]],
  ['$minKey', [[], (inner, _, walk) => (inner === 1 ? extremeFrom('MinKey', walk) : undefined)]],
  ['$maxKey', [[], (inner, _, walk) => (inner === 1 ? extremeFrom('MaxKey', walk) : undefined)]],
  ['$undefined', [[], (inner) => (inner === true ? absent : undefined)]],
  ['$dbPointer', [[], unwrapPointer]],
  ['$ref', [['$id', '$db'], unwrapReference]],
]);

function unwrapped(value: JsonObject, keys: readonly string[], walk: Walk): Plain | undefined {
  if (keys.length === 0 || keys.length > 3 || !keys[0]?.startsWith('$')) return undefined;
  const type = keys.find((key) => wrappers.has(key));
  const wrapper = type === undefined ? undefined : wrappers.get(type);
  if (type === undefined || wrapper === undefined) return undefined;
  const [others, unwrap] = wrapper;
  if (!keys.every((key) => key === type || others.includes(key))) return undefined;
  return unwrap(value[type] ?? null, value, walk);
}

/** The value in plain JSON: no wrapper of either generation of extended JSON is left in it. Its depth is bounded by who calls. */
export function plainOf(value: JsonValue, walk: Walk): Plain {
  if (typeof value === 'number') return doubleFrom(value, walk);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner, index) => within(String(index), inner, walk) ?? null);
  return isJsonObject(value) ? plainObject(value, walk) : value;
}

function within(key: string, inner: JsonValue, walk: Walk): JsonValue | undefined {
  if (typeof inner !== 'number' ? typeof inner !== 'object' || inner === null : Number.isFinite(inner)) return inner;
  walk.path.push(key);
  const plain = plainOf(inner, walk);
  walk.path.pop();
  return plain === absent ? undefined : plain;
}

function plainObject(value: JsonObject, walk: Walk): Plain {
  const keys = Object.keys(value);
  return unwrapped(value, keys, walk) ?? plainMembers(value, walk);
}

/** A document, which is no wrapper whatever its keys. */
export function plainMembers(value: JsonObject, walk: Walk): JsonObject {
  const plain: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const inner = within(key, value[key] ?? null, walk);
    if (inner !== undefined) setKey(plain, key, inner);
  }
  return plain;
}
