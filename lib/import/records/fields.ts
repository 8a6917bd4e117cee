import { dateMsOf } from '../../../functions/shared/domain/values/date.ts';
import { isJsonNumber } from '../../../functions/shared/domain/values/exact-number.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../../functions/shared/domain/values/json.ts';
import type { Oddity } from '../read/source.ts';
import { Rejected } from './rejected.ts';

/** Kinds of values that are taken as the old server's mapper took them. */
const AS_TEXT = 'a number or flag where a text belongs was taken as text';
const AS_FLAG = 'a text or number where a flag belongs was taken as one';
const AS_LIST = 'a single value where a list belongs was taken as a list of one';

const flags = new Map([
  ['true', true],
  ['false', false],
]);

/** The time of the import, for files that people write. */
const NOW = '$now';

/** The fields of a document, each read as the old mapper read it; what it converted is told. Null counts as absent. */
export class Fields {
  readonly #object: JsonObject;
  readonly #path: string;
  readonly #tell: (oddity: Oddity) => void;

  constructor(object: JsonObject, tell: (oddity: Oddity) => void, path = '') {
    this.#object = object;
    this.#tell = tell;
    this.#path = path;
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  /** Says that something of a field is not as it should be, and was taken. */
  tell(kind: string, name: string): void {
    this.#tell({ kind, field: this.#at(name) });
  }

  reject(name: string, reason: string): never {
    throw new Rejected(this.#at(name), reason);
  }

  value(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#object, name) ? (this.#object[name] ?? undefined) : undefined;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  text(name: string): string | undefined {
    return this.#textOf(this.value(name), name);
  }

  #textOf(value: JsonValue | undefined, name: string): string | undefined {
    if (value === undefined || typeof value === 'string') return value;
    if (!isJsonNumber(value) && typeof value !== 'boolean') return this.reject(name, 'is no text');
    this.tell(AS_TEXT, name);
    return String(value);
  }

  /** A value that an export of our own has written as the text of its JSON, because readers of extended JSON would take it for another one. */
  json(name: string): JsonValue | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = parseJson(text);
    return value === undefined ? this.reject(name, 'is no JSON') : value;
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    const flag = typeof value === 'string' ? flags.get(value.trim().toLowerCase()) : undefined;
    if (flag === undefined && !isJsonNumber(value)) return this.reject(name, 'is neither true nor false');
    this.tell(AS_FLAG, name);
    return flag ?? Number(value) !== 0;
  }

  /** A whole number; a fraction is cut off. */
  wholeNumber(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return this.reject(name, 'is no number');
    if (number !== value || !Number.isInteger(number)) this.tell('a number that is not whole was made so', name);
    return Math.trunc(number);
  }

  /** Epoch milliseconds. */
  dateMs(name: string, nowMs: number): number | undefined {
    const value = this.value(name);
    if (value === undefined || value === NOW) return value && nowMs;
    const ms = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    return dateMsOf(ms) ?? this.reject(name, 'is no date');
  }

  list(name: string): readonly JsonValue[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.tell(AS_LIST, name);
    return [value];
  }

  /** Without nulls; undefined where the field is absent. */
  texts(name: string): readonly string[] | undefined {
    if (!this.has(name)) return undefined;
    return this.list(name).flatMap((value) => this.#textOf(value ?? undefined, name) ?? []);
  }

  object(name: string): JsonObject | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return isJsonObject(value) ? value : this.reject(name, 'is no object');
  }

  /** The fields of each object in a list. */
  objects(name: string): readonly Fields[] {
    return this.list(name).map((value, at) => {
      if (!isJsonObject(value)) return this.reject(`${name}.${at}`, 'is no object');
      return new Fields(value, this.#tell, this.#at(`${name}.${at}`));
    });
  }
}
