import { invalidRequest, unreadableAttributes } from '../errors/api-error.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, requireStorable, withoutNullKeys } from './json.ts';
import type { Attributes } from './model.ts';

/** How many attributes one call may name (contract 9.1 #54). */
const NAMES_LIMIT = 250;

/** The parameter `attributes`: a JSON object, or nothing where it is absent, empty or null (contract 5.17). */
export function parseAttributes(text: string | undefined): Attributes {
  if (text === undefined || text === '') return new Map();
  const value = parseJson(text);
  if (value === null) return new Map();
  if (!isJsonObject(value)) throw unreadableAttributes();
  return attributesOf(value);
}

/** Attributes that a caller wants stored, nulls included: `storable` drops those, after the permissions were checked. */
export function attributesOf(object: JsonObject): Attributes {
  requireFewNames(Object.keys(object));
  requireStorable(object, 'An attribute');
  return new Map(Object.entries(object));
}

export function requireFewNames(names: readonly string[]): void {
  if (names.length > NAMES_LIMIT) throw invalidRequest(`More than ${NAMES_LIMIT} attributes in one call`);
}

/** What of the given attributes is stored: null never is (contract 6.1.3). */
export function storable(attributes: Attributes): Attributes {
  const entries = [...attributes].flatMap(([name, value]): [string, JsonValue][] =>
    value === null ? [] : [[name, withoutNullKeys(value)]],
  );
  return new Map(entries);
}

/** The part of a value below a path, still nested; undefined where the path ends in nothing. Arrays are projected element by element. */
function projectPath(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const projected = isJsonObject(element) || Array.isArray(element) ? projectPath(element, path) : undefined;
      return projected === undefined ? [] : [projected];
    });
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return isJsonObject(value) ? {} : undefined;
  const inner = value[key];
  const projected = inner === undefined ? undefined : projectPath(inner, rest);
  return projected === undefined ? {} : Object.fromEntries([[key, projected]]);
}

function merge(left: JsonValue | undefined, right: JsonValue): JsonValue {
  if (!isJsonObject(left) || !isJsonObject(right)) return right;
  const merged = new Map(Object.entries(left));
  for (const [key, value] of Object.entries(right)) merged.set(key, merge(merged.get(key), value));
  return Object.fromEntries(merged);
}

/**
 * The attributes that the answer shows (contract 6.1.4): all, none for `$none`, else those named, a dotted name only in that part.
 * It chooses among what it is given and reveals nothing else.
 */
export function projectAttributes(attributes: Attributes, names: readonly string[] | undefined): Attributes {
  if (names === undefined || names.length === 0) return attributes;
  const projected = new Map<string, JsonValue>();
  if (names.includes('$none')) return projected;
  for (const name of [...new Set(names)].sort((a, b) => a.length - b.length)) {
    const whole = attributes.get(name);
    if (whole !== undefined) {
      projected.set(name, whole);
      continue;
    }
    const [first = '', ...rest] = name.split('.');
    const value = attributes.get(first);
    if (value === undefined || names.includes(first) || rest.length === 0) continue;
    const part = projectPath(value, rest);
    if (part !== undefined) projected.set(first, merge(projected.get(first), part));
  }
  return projected;
}
