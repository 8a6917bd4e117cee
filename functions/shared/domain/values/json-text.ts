import { type JsonValue, parseJson } from './json.ts';

/**
 * A JSON value as its text. Stored values stay texts until somebody looks into them: as a value, a list of `{}` takes fifty times the memory.
 */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  static of(value: JsonValue): JsonText {
    return new JsonText(JSON.stringify(value));
  }

  /** Read anew each time: not kept. */
  get value(): JsonValue {
    return parseJson(this.text) ?? null;
  }

  /** For `JSON.stringify`. */
  toJSON(): JsonValue {
    return this.value;
  }
}

/** Values by top-level attribute name; a Map, because the names are a stranger's. */
export type Attributes = ReadonlyMap<string, JsonText>;

/**
 * What `JSON.stringify` writes, with a map as an object, so that no key of it is special, and a `JsonText` as it is.
 */
export function jsonTextOf(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  if (value instanceof Map) return objectText(value);
  if (Array.isArray(value)) return `[${value.map(jsonTextOf).join(',')}]`;
  const isPlain = typeof value === 'object' && value !== null && !('toJSON' in value);
  return isPlain ? objectText(Object.entries(value)) : JSON.stringify(value);
}

function objectText(entries: Iterable<readonly [string, unknown]>): string {
  const fields: string[] = [];
  for (const [key, value] of entries)
    if (value !== undefined) fields.push(`${JSON.stringify(key)}:${jsonTextOf(value)}`);
  return `{${fields.join(',')}}`;
}
