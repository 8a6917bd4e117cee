import { type ApiError, invalidRequest } from '../errors/api-error.ts';
import { textOf } from './utf8.ts';

/** A name and its value. */
export type Field = readonly [name: string, value: string];

/** What a form or a query string holds; `problem` where that is more than is read. */
export interface Form {
  readonly fields: readonly Field[];
  readonly problem?: ApiError;
}

/** How many fields a form or a query string may have: a list of names or ids is one field each (contract 9.1 #54). */
export const FIELDS_LIMIT = 30_000;

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/** The values of hexadecimal digits by their bytes. */
const digits: ReadonlyMap<number | undefined, number> = new Map(
  [...'0123456789abcdefABCDEF'].map((digit) => [digit.charCodeAt(0), Number.parseInt(digit, 16)]),
);

/** The byte that an escape at this place stands for; undefined where there is none. */
function escapedAt(bytes: Buffer, at: number): number | undefined {
  if (bytes[at] !== PERCENT) return undefined;
  const high = digits.get(bytes[at + 1]);
  const low = digits.get(bytes[at + 2]);
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

/** The text of a name or value that comes with one character for each byte. What is no escape stands for itself; bytes that are no text, see `textOf`. */
function decoded(piece: string): string {
  if (!/[%+\x80-\xff]/.test(piece)) return piece;
  const bytes = Buffer.from(piece, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const escaped = escapedAt(bytes, at);
    const byte = bytes[at] ?? 0;
    bytes[length++] = escaped ?? (byte === PLUS ? SPACE : byte);
    if (escaped !== undefined) at += 2;
  }
  return textOf(bytes.subarray(0, length));
}

function fieldOf(piece: string): Field {
  const equals = piece.indexOf('=');
  return equals === -1 ? [decoded(piece), ''] : [decoded(piece.slice(0, equals)), decoded(piece.slice(equals + 1))];
}

/** A name of letters in every way to write it: each of them may be an escape. Its alternatives exclude each other, so that finding it takes linear time. */
function spellingsOf(name: string): RegExp {
  const letters = Array.from(name, (letter) => {
    const [high = '', low = ''] = letter.charCodeAt(0).toString(16);
    return `(?:${letter}|%${high}[${low}${low.toUpperCase()}])`;
  });
  return new RegExp(`(?<![^&])${letters.join('')}(?![^&=])`);
}

/** Finds the first field of a name of letters, as a list: without reading the others, so in a form of any size. */
export function fieldFinder(name: string): (bytes: Buffer) => readonly Field[] {
  const spellings = spellingsOf(name);
  return (bytes) => {
    const text = bytes.toString('latin1');
    const at = text.search(spellings);
    if (at === -1) return [];
    const end = text.indexOf('&', at);
    return [fieldOf(text.slice(at, end === -1 ? undefined : end))];
  };
}

/**
 * The fields of a form or a query string in their order, as `URLSearchParams` reads them behind a question mark, but in one pass: that one's time
 * grows with the square of the fields without `=`. `what` names the text in the error about its limit.
 */
export function readForm(bytes: Buffer, what: string): Form {
  const text = bytes.toString('latin1');
  const fields: Field[] = [];
  let at = 0;
  while (at < text.length) {
    const ampersand = text.indexOf('&', at);
    const end = ampersand === -1 ? text.length : ampersand;
    if (end > at && fields.length === FIELDS_LIMIT)
      return { fields, problem: invalidRequest(`${what} has more than ${FIELDS_LIMIT} fields`) };
    if (end > at) fields.push(fieldOf(text.slice(at, end)));
    at = end + 1;
  }
  return { fields };
}
