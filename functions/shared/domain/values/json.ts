import { invalidRequest } from '../../errors/api-error.ts';

/** Values by top-level attribute name; a Map, because the names are a stranger's. */
export type Attributes = ReadonlyMap<string, JsonValue>;

/** Any value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** How deep the value of an attribute may be (contract 9.1 #54). */
const DEPTH_LIMIT = 100;

/** Whether the value is an object: no list, not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Refuses what no store could give back: text that is not Unicode, numbers beyond a double, and depth beyond the limit. Does not recurse. */
export function requireStorable(value: JsonValue, what: string): void {
  let level: readonly JsonValue[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_LIMIT) throw invalidRequest(`${what} is nested deeper than ${DEPTH_LIMIT} levels`);
    level = level.flatMap((node) => {
      if (typeof node === 'string') requireWellFormed(node, what);
      if (typeof node === 'number' && !Number.isFinite(node)) throw invalidRequest(`${what} holds too large a number`);
      if (typeof node !== 'object' || node === null) return [];
      if (Array.isArray(node)) return node;
      for (const key of Object.keys(node)) requireWellFormed(key, what);
      return Object.values(node);
    });
  }
}

/** Lone surrogates are not text. */
export function requireWellFormed(text: string, what: string): void {
  if (!text.isWellFormed()) throw invalidRequest(`${what} holds ill-formed Unicode`);
}

/** The value without null-valued keys, at every depth; nulls inside arrays stay (contract 6.1.3). Call after `requireStorable`. */
export function withoutNullKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNullKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNullKeys(inner)]])),
  );
}
