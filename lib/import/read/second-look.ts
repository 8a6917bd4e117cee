import { BACKSLASH, QUOTE } from './json-bytes.ts';
import { shellForm } from './shell-forms.ts';

const tokens = new RegExp(
  [
    String.raw`(?<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true|false|null|${shellForm})`,
    String.raw`(?<mark>[{}[\],:])`,
  ].join('|'),
  'y',
);
const blanks = /[ \t\r\n]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Index behind the text that begins at `start`; undefined: it is none. Texts may be too long for an expression. */
function textEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return undefined;
    if (code === BACKSLASH) {
      escaped.lastIndex = at;
      if (!escaped.test(text)) return undefined;
      at = escaped.lastIndex - 1;
    }
  }
  return undefined;
}

/** Of an object or a list that is open. */
interface Open {
  readonly isObject: boolean;
  readonly keys: Set<string>;
  /** The key, or the index, that is being read. */
  at: string;
  index: number;
}

/** What a look at a text again, token for token, finds. */
export interface SecondLook {
  /** Index of what cannot be there; undefined: it is JSON, or forms of the shell in JSON. */
  readonly errorAt: number | undefined;
  /** Paths of keys that an object has more than once. */
  readonly repeated: readonly (readonly string[])[];
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end';

interface Token {
  readonly token: string;
  readonly isText: boolean;
  readonly isMark: boolean;
}

class Look {
  readonly repeated: string[][] = [];
  readonly #open: Open[] = [];
  #expected: Expected = 'value';

  get isWhole(): boolean {
    return this.#open.length === 0 && this.#expected === 'comma or end';
  }

  /** False: it cannot be there. */
  take({ token, isText, isMark }: Token): boolean {
    if (this.isWhole) return false;
    if (isMark) return this.#takeMark(token);
    if (this.#expected.startsWith('key')) return isText && this.#takeKey(JSON.parse(token));
    return this.#takeValue('comma or end');
  }

  #takeValue(next: Expected): boolean {
    if (!this.#expected.startsWith('value')) return false;
    this.#expected = next;
    return true;
  }

  #takeKey(key: string): boolean {
    const inner = this.#open.at(-1);
    if (inner === undefined) return false;
    inner.at = key;
    if (inner.keys.has(key)) this.repeated.push(this.#open.map(({ at }) => at));
    inner.keys.add(key);
    this.#expected = 'colon';
    return true;
  }

  #takeMark(mark: string): boolean {
    const inner = this.#open.at(-1);
    if (mark === '{' || mark === '[') {
      const isObject = mark === '{';
      if (!this.#takeValue(isObject ? 'key or end' : 'value or end')) return false;
      this.#open.push({ isObject, keys: new Set(), at: '0', index: 0 });
      return true;
    }
    if (mark === ':') {
      if (this.#expected !== 'colon') return false;
      this.#expected = 'value';
      return true;
    }
    if (mark === ',') {
      if (this.#expected !== 'comma or end' || inner === undefined) return false;
      inner.index += 1;
      if (!inner.isObject) inner.at = String(inner.index);
      this.#expected = inner.isObject ? 'key' : 'value';
      return true;
    }
    if (!this.#expected.endsWith('end') || inner?.isObject !== (mark === '}')) return false;
    this.#open.pop();
    this.#expected = 'comma or end';
    return true;
  }
}

function tokenAt(text: string, at: number): Token | undefined {
  if (text.charCodeAt(at) === QUOTE) {
    const end = textEnd(text, at);
    return end === undefined ? undefined : { token: text.slice(at, end), isText: true, isMark: false };
  }
  tokens.lastIndex = at;
  const found = tokens.exec(text);
  return found === null ? undefined : { token: found[0], isText: false, isMark: found.groups?.mark !== undefined };
}

/** Where a text stops to be JSON, and which keys occur again: what `JSON.parse` does not say. */
export function secondLook(text: string): SecondLook {
  const look = new Look();
  let at = 0;
  for (;;) {
    blanks.lastIndex = at;
    at += blanks.exec(text)?.[0].length ?? 0;
    if (at === text.length) return { errorAt: look.isWhole ? undefined : at, repeated: look.repeated };
    const found = tokenAt(text, at);
    if (found === undefined || !look.take(found)) return { errorAt: at, repeated: look.repeated };
    at += found.token.length;
  }
}
