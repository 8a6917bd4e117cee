import { invalidQuery } from '../../../errors/api-error.ts';
import { dateMsOf } from '../../values/date.ts';
import type { Json, JsonObject } from './relaxed-json.ts';
import { ObjectId } from './value.ts';

const objectId = /^[0-9a-f]{24}$/i;

/** Objects come as maps; this tells them from lists without a cast. */
export const isObject = (json: Json): json is JsonObject => json instanceof Map;

/** Tells lists from the other values without a cast. */
export const isJsonList = (json: Json): json is readonly Json[] => Array.isArray(json);

/** True for `{$oid: …}` and `{$date: …}`, which are values although their key looks like an operator. */
export const isExtendedValue = (object: JsonObject): boolean =>
  object.size === 1 && (object.has('$oid') || object.has('$date'));

/** The value that a query compares with: plain JSON, `{$oid}` or `{$date}`. Operators inside are `invalidQuery`. */
export function literalOf(json: Json): unknown {
  if (isJsonList(json)) return json.map(literalOf);
  if (!isObject(json)) return json;
  return isExtendedValue(json) ? extendedValue(json) : documentOf(json);
}

/** A document without prototype, so that `__proto__` is a key like any other. */
function documentOf(object: JsonObject): unknown {
  const document: Record<string, unknown> = Object.create(null);
  for (const [key, value] of object) {
    if (key.startsWith('$')) throw invalidQuery(`"${key}" can not stand here: a value has no operators`);
    document[key] = literalOf(value);
  }
  return document;
}

function extendedValue(object: JsonObject): unknown {
  const id = object.get('$oid');
  if (id === undefined) return dateOf(object.get('$date') ?? null);
  if (typeof id !== 'string' || !objectId.test(id)) throw invalidQuery('$oid needs a string of 24 hexadecimal digits');
  return new ObjectId(id);
}

function dateOf(json: Json): Date {
  const ms = dateMsOf(json);
  if (ms === undefined) throw invalidQuery('$date needs an ISO 8601 time or a number of milliseconds');
  return new Date(ms);
}
