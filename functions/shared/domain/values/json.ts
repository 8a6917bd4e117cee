import { invalidRequest } from '../../errors/api-error.ts';
import { ExactNumber, type JsonNumber, numberOf } from './exact-number.ts';

/** Any value of JSON. */
export type JsonValue =
  | string
  | JsonNumber
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** How deep the value of an attribute may be (contract 9.1 #54). */
const DEPTH_LIMIT = 100;

/** Whether the value is an object: no list, no number, not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** Where a number may stand that is not the one that a double gives back: a plain decimal of up to 15 digits always is. */
const mayBeInexact = /[\d.]{16}|\.\d*0(?!\d)|\d[eE][+-]?\d/;

/**
 * The value of a JSON text, a byte order mark aside, or undefined where it is none. Numbers keep their value: one that no double holds is an
 * `ExactNumber`.
 */
export function parseJson(text: string): JsonValue | undefined {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const value: JsonValue = mayBeInexact.test(json)
      ? JSON.parse(json, (_key, inner, { source = '' }) => (typeof inner === 'number' ? numberOf(source) : inner))
      : JSON.parse(json);
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
      if (!isJsonObject(node)) return Array.isArray(node) ? node : [];
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
