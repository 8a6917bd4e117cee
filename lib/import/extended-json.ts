import { isJsonNumber, type JsonNumber } from '../../functions/shared/domain/values/exact-number.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../functions/shared/domain/values/json.ts';

/** Extended JSON has infinite numbers too, which no schema lets pass. */
function numberIn(value: JsonValue): JsonNumber {
  const number = typeof value === 'string' ? parseJson(value) : value;
  return isJsonNumber(number) ? number : Number(value);
}

/** The plain value of a wrapper of MongoDB's extended JSON, relaxed or canonical; undefined for what is none. */
function unwrapped(value: { readonly [key: string]: JsonValue }): JsonValue | undefined {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  const inner = value[key] ?? null;
  if (key === '$oid' && typeof inner === 'string') return inner;
  if (/^\$number(Int|Long|Double|Decimal)$/.test(key)) return numberIn(inner);
  if (key !== '$date') return undefined;
  const date = fromExtendedJson(inner);
  return typeof date === 'string' ? Date.parse(date) : date;
}

/** The value with ids as text, dates as epoch milliseconds and numbers as numbers, at every depth. */
export function fromExtendedJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(fromExtendedJson);
  if (!isJsonObject(value)) return value;
  const plain = unwrapped(value);
  if (plain !== undefined) return plain;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromExtendedJson(inner)]));
}
