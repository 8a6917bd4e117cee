import { invalidRequest, unreadableAttributes } from '../../errors/api-error.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  requireStorable,
  withoutNullKeys,
} from '../values/json.ts';
import { type Attributes, JsonText } from '../values/json-text.ts';

/** Attributes that a caller wants stored, nulls included. */
export type WantedAttributes = ReadonlyMap<string, JsonValue>;

/** How many attributes one call may name (contract 9.1 #54). */
const NAMES_LIMIT = 250;

/** The parameter `attributes`: a JSON object, or nothing where it is absent, empty or null (contract 5.17). */
export function parseAttributes(text: string | undefined): WantedAttributes {
  if (text === undefined || text === '') return new Map();
  const value = parseJson(text);
  if (value === null) return new Map();
  if (!isJsonObject(value)) throw unreadableAttributes();
  return attributesOf(value);
}

/** The attributes of an object, nulls included: `storable` drops those, after the permissions were checked. */
export function attributesOf(object: JsonObject): WantedAttributes {
  requireFewNames(Object.keys(object));
  requireStorable(object, 'An attribute');
  return new Map(Object.entries(object));
}

/** 400 `OTHER` for more attributes than one call may name (contract 9.1 #54). */
export function requireFewNames(names: readonly string[]): void {
  if (names.length > NAMES_LIMIT) throw invalidRequest(`More than ${NAMES_LIMIT} attributes in one call`);
}

/** What of the given attributes is stored: null never is (contract 6.1.3). */
export function storable(wanted: WantedAttributes): Attributes {
  const entries = [...wanted].flatMap(([name, value]): [string, JsonText][] =>
    value === null ? [] : [[name, JsonText.of(withoutNullKeys(value))]],
  );
  return new Map(entries);
}

/** What is asked for below a name: everything, or the parts of these names. */
type Selection = 'all' | Map<string, Selection>;

/** The dotted names as a tree, so that a value is walked once however many there are; the shorter of two names covers the longer. */
function selectionOf(names: readonly string[]): Map<string, Selection> {
  const root = new Map<string, Selection>();
  for (const name of names) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    let level: Selection | undefined = root;
    for (const key of path) {
      if (level === 'all') break;
      const below: Selection = level.get(key) ?? new Map();
      level.set(key, below);
      level = below;
    }
    if (level !== 'all') level.set(last, 'all');
  }
  return root;
}

/** The selected parts of a value, still nested; undefined where a path ends in nothing. Arrays are projected element by element. */
function projectValue(value: JsonValue, selection: Selection): JsonValue | undefined {
  if (selection === 'all') return value;
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const projected = projectValue(element, selection);
      return projected === undefined ? [] : [projected];
    });
  }
  if (!isJsonObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const below = selection.get(key);
      const projected = below && projectValue(inner, below);
      return projected === undefined ? [] : [[key, projected]];
    }),
  );
}

/** The same of a text, which is not looked into where it is shown whole. */
function projectText(text: JsonText, selection: Selection): JsonText | undefined {
  if (selection === 'all') return text;
  const part = projectValue(text.value, selection);
  return part === undefined ? undefined : JsonText.of(part);
}

/**
 * The attributes that the answer shows (contract 6.1.4): all, none for `$none`, else those named, a dotted name only in that part.
 * It chooses among what it is given and reveals nothing else.
 */
export function projectAttributes(attributes: Attributes, names: readonly string[] | undefined): Attributes {
  if (names === undefined || names.length === 0) return attributes;
  const projected = new Map<string, JsonText>();
  if (names.includes('$none')) return projected;
  const selection = selectionOf(names);
  for (const [name, value] of attributes) {
    const selected = selection.get(name);
    const part = selected && projectText(value, selected);
    if (part !== undefined) projected.set(name, part);
  }
  return projected;
}
