import { dateMsOf } from '../../functions/shared/domain/values/date.ts';
import { isJsonNumber, type JsonNumber } from '../../functions/shared/domain/values/exact-number.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../functions/shared/domain/values/json.ts';

/** The plain value of a wrapper of MongoDB's extended JSON, relaxed or canonical; undefined for what is none. */
function unwrapped(value: { readonly [key: string]: JsonValue }): JsonValue | undefined {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  const inner = value[key] ?? null;
  if (key === '$oid' && typeof inner === 'string') return inner;
  if (/^\$number(Int|Long|Double|Decimal)$/.test(key)) return numberIn(inner);
  return key === '$date' ? dateMsOf(fromExtendedJson(inner)) : undefined;
}

/** A number in decimal digits, as an export writes it; one of the JavaScript kind such as `0x10`, or a blank, is none. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function numberIn(inner: JsonValue): JsonNumber | undefined {
  if (isJsonNumber(inner)) return inner;
  if (typeof inner !== 'string' || !decimal.test(inner)) return undefined;
  const exact = parseJson(inner);
  return isJsonNumber(exact) ? exact : Number(inner);
}

/** The value with ids as text, dates as epoch milliseconds and numbers as numbers, at every depth. */
export function fromExtendedJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(fromExtendedJson);
  if (!isJsonObject(value)) return value;
  const plain = unwrapped(value);
  if (plain !== undefined) return plain;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromExtendedJson(inner)]));
}
