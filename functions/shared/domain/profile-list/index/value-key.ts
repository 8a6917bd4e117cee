import { decimalOf, isJsonNumber } from '../../values/exact-number.ts';
import { isDocument, isList } from '../query/value.ts';

/**
 * The key of a value in the index, as text: byte by byte in the order of the contract (6.6), whatever the types. Its first character is the value's
 * type. What follows is cut, so that two values may share a key: see `isWhole`.
 */
export type ValueKey = string;

/** First characters of keys, in the order of the types. */
export const tags = {
  emptyList: '0',
  missing: '1',
  number: '2',
  text: '3',
  document: '4',
  list: '5',
  boolean: '7',
} as const;
/** Stands behind every key that values have. */
export const BEHIND_VALUES = '8';

/** How many bytes of a value are in its key at most: with what stands around it, the store takes 1,024. */
const LIMIT_BYTES = 900;
/** A character takes up to four: one that begins in here is the last. */
const FULL_BYTES = LIMIT_BYTES - 3;

const bytesOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

/** The separator of keys and its neighbour in two characters each, so that a text cannot end its key. */
const escapes: ReadonlyMap<number, string> = new Map([
  [0, '\u0001\u0001'],
  [1, '\u0001\u0002'],
]);

/** A text, cut where its bytes are enough: at the same place in all texts that begin alike, so that the order stays. */
function textKey(text: string): string {
  let key = '';
  let bytes = 0;
  for (const character of text) {
    if (bytes >= FULL_BYTES) break;
    const codePoint = character.codePointAt(0) ?? 0;
    const escaped = escapes.get(codePoint);
    key += escaped ?? character;
    bytes += escaped === undefined ? bytesOf(codePoint) : escaped.length;
  }
  return key;
}

/** Added to exponents, so that they sort as texts of six digits. No number is above 1e309. */
const EXPONENT_ZERO = 100_000;
/** Numbers nearer to zero share a key. */
const TINY = '000000';

const complement = (digits: string): string => digits.replace(/\d/g, (digit) => String(9 - Number(digit)));

/** Sign, exponent and digits; those of a negative number are turned round, and end behind all digits. */
function numberKey(source: string): string {
  const { isNegative, digits, exponent } = decimalOf(source);
  if (digits === '') return 'b';
  const isTiny = exponent <= -EXPONENT_ZERO;
  const power = isTiny ? TINY : String(exponent + EXPONENT_ZERO).padStart(TINY.length, '0');
  const kept = isTiny ? '' : digits.slice(0, LIMIT_BYTES);
  if (!isNegative) return `c${power}${kept}`;
  return `a${complement(power)}${complement(kept)}${kept.length < digits.length ? '' : '~'}`;
}

/** The key of a value of an attribute; documents and lists have one key for all of them, null and missing another one. */
export function valueKeyOf(value: unknown): ValueKey {
  if (typeof value === 'string') return tags.text + textKey(value);
  if (isJsonNumber(value)) return tags.number + numberKey(String(value));
  if (typeof value === 'boolean') return tags.boolean + Number(value);
  if (isList(value)) return tags.list;
  return isDocument(value) ? tags.document : tags.missing;
}

const tinyNumber = /^2(?:c000000|a999999)/;

/** Whether equal keys mean equal values; else they are among those that share the key, whose order the values tell. */
export function isWhole(key: ValueKey): boolean {
  if (key === tags.document || key === tags.list || tinyNumber.test(key)) return false;
  return key.length <= FULL_BYTES / 3 || Buffer.byteLength(key) <= FULL_BYTES;
}
