import { dateMsOf, isoDateMs } from '../../../functions/shared/domain/values/date.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  requireStorable,
} from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';

// How other stores write values. CSV files have texts only, an empty one for none.

/** Undefined for an empty text, too. */
export const textIn = (fields: Fields, name: string): string | undefined => fields.text(name) || undefined;

const flags = new Map([
  ['t', true],
  ['true', true],
  ['f', false],
  ['false', false],
  ['', undefined],
]);

/** As JSON, or as CSV files of Postgres and of Cognito have it. */
export function flagIn(fields: Fields, name: string): boolean | undefined {
  const value = fields.value(name);
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return text !== undefined && flags.has(text) ? flags.get(text) : fields.flag(name);
}

/** What is less than this, is in seconds: of milliseconds it would be in 1973. */
const LEAST_MS = 1e11;

/** Epoch milliseconds of a number of seconds or milliseconds, in a text perhaps, or of a date of ISO 8601 or Postgres. */
function timeMsOf(value: JsonValue): number | undefined {
  const isNumber = typeof value === 'string' && /^-?\d{1,16}(?:\.\d{1,9})?$/.test(value);
  const number = isNumber ? Number(value) : value;
  if (typeof number === 'number') return dateMsOf(Math.trunc(Math.abs(number) < LEAST_MS ? number * 1000 : number));
  return typeof value === 'string' ? isoDateMs(value.trim().replace(' ', 'T')) : undefined;
}

/** Epoch milliseconds; throws a `Rejected` for what is no time. */
export function timeIn(fields: Fields, name: string): number | undefined {
  const value = fields.value(name);
  if (value === undefined || value === '') return undefined;
  return timeMsOf(value) ?? fields.reject(name, 'is no time');
}

/** A value, or that of a text of JSON. Readers of files have not looked into the text: an `ApiError` says what no store could hold. */
function parsed(name: string, value: JsonValue): JsonValue | undefined {
  const inner = typeof value === 'string' ? parseJson(value) : value;
  if (inner !== undefined && typeof value === 'string') requireStorable(inner, `What is in "${name}"`);
  return inner;
}

/** An object, in a text perhaps; what is none is told, and counts as empty. */
export function objectIn(fields: Fields, name: string): JsonObject {
  const value = fields.value(name);
  if (value === undefined || value === '') return {};
  const object = parsed(name, value);
  if (isJsonObject(object)) return object;
  if (object !== null) fields.tell('metadata that are no JSON object were left out', name);
  return {};
}

/** The objects of a list, in a text perhaps; what is none is told. */
export function objectsIn(fields: Fields, name: string): readonly JsonObject[] {
  const value = fields.value(name);
  if (value === undefined || value === '') return [];
  const list = parsed(name, value) ?? 'none';
  return (Array.isArray(list) ? list : [list]).flatMap((one: JsonValue) => {
    if (isJsonObject(one)) return [one];
    fields.tell('an element of a list that is no JSON object was left out', name);
    return [];
  });
}

/** Names of roles: one, or a list of them. Others are told. */
export function rolesOf(fields: Fields, name: string, value: JsonValue | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value ?? '']).flatMap((role: JsonValue) => {
    if (typeof role === 'string' && role.isWellFormed()) return role === '' ? [] : [role];
    if (role !== null) fields.tell('a role that is no text was left out', name);
    return [];
  });
}

/** The object without some of its keys. */
export const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** What stands at a key, where it is a text with something in it. */
export function textAt(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
