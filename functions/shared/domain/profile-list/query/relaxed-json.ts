import { type ApiError, invalidQuery } from '../../../errors/api-error.ts';
import { type JsonNumber, numberOf } from '../../values/exact-number.ts';

/** Fields by name. */
export type JsonObject = ReadonlyMap<string, Json>;

/** A value of the query text, before it is known what it means. */
export type Json = null | boolean | JsonNumber | string | readonly Json[] | JsonObject;

const TEXT_LIMIT = 100_000;
const DEPTH_LIMIT = 100;

const blanks = /\s*/y;
const bareKey = /[\p{L}\p{M}\p{N}_$.-]+/uy;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const plainText = { '"': /[^"\\]*/y, "'": /[^'\\]*/y };
const unicodeEscape = /u[0-9a-fA-F]{4}/y;

const words: ReadonlyMap<string, Json> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/**
 * Reads the relaxed JSON of the `query` parameter: bare keys, either quote, trailing commas, the last of two equal keys
 * (contract 6.7). Objects become maps, so no key is special. Anything else is `invalidQuery` with the place.
 */
export function readRelaxedJson(text: string): Json {
  if (text.length > TEXT_LIMIT) throw invalidQuery(`The query is longer than ${TEXT_LIMIT} characters`);
  return new Reader(text).document();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(1);
    if (this.#next() !== '') throw this.#unexpected('the end');
    return value;
  }

  #value(depth: number): Json {
    if (depth > DEPTH_LIMIT) throw invalidQuery(`The query is nested deeper than ${DEPTH_LIMIT} levels`);
    const next = this.#next();
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#list(depth);
    if (next === '"' || next === "'") return this.#string(next);
    return this.#scalar();
  }

  #object(depth: number): JsonObject {
    const fields = new Map<string, Json>();
    this.#each('}', () => {
      const key = this.#key();
      if (!this.#take(':')) throw this.#unexpected('":"');
      fields.set(key, this.#value(depth + 1));
    });
    return fields;
  }

  #list(depth: number): readonly Json[] {
    const items: Json[] = [];
    this.#each(']', () => {
      items.push(this.#value(depth + 1));
    });
    return items;
  }

  /** Members up to the closing character, with commas between them and perhaps one after the last. */
  #each(close: string, readMember: () => void): void {
    this.#at += 1;
    while (!this.#take(close)) {
      readMember();
      if (!this.#take(',') && this.#next() !== close) throw this.#unexpected(`"," or "${close}"`);
    }
  }

  #key(): string {
    const next = this.#next();
    if (next === '"' || next === "'") return this.#string(next);
    const key = this.#match(bareKey);
    if (key === '') throw this.#unexpected('a field name');
    return key;
  }

  #string(quote: '"' | "'"): string {
    this.#at += 1;
    let content = this.#match(plainText[quote]);
    while (this.#text[this.#at] === '\\') {
      this.#at += 1;
      content += this.#escape() + this.#match(plainText[quote]);
    }
    if (this.#text[this.#at] !== quote) throw this.#unexpected(`the closing ${quote}`);
    this.#at += 1;
    // Two escapes may make one character between them; one alone makes none.
    if (!content.isWellFormed()) throw invalidQuery('The query holds ill-formed Unicode');
    return content;
  }

  #escape(): string {
    const unicode = this.#match(unicodeEscape);
    if (unicode !== '') return String.fromCharCode(Number.parseInt(unicode.slice(1), 16));
    const escaped = escapes.get(this.#text.charAt(this.#at));
    if (escaped === undefined) throw this.#unexpected('an escape such as \\n or \\u0041 (a backslash itself is \\\\)');
    this.#at += 1;
    return escaped;
  }

  #scalar(): Json {
    const named = words.get(this.#match(word));
    if (named !== undefined) return named;
    const digits = this.#match(number);
    if (digits === '') throw this.#unexpected('a value');
    const value = numberOf(digits);
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
      throw invalidQuery('A number of the query is out of range');
    return value;
  }

  /** The next character that is not blank; empty at the end. */
  #next(): string {
    this.#match(blanks);
    return this.#text.charAt(this.#at);
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(token: RegExp): string {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #unexpected(wanted: string): ApiError {
    return invalidQuery(`The query is not valid at character ${this.#at + 1}: expected ${wanted}`);
  }
}
