import { ExactNumber } from '../../values/exact-number.ts';
import { compareText } from '../query/compare.ts';
import type { RangeOperator } from '../query/tree.ts';
import { marks } from './entries.ts';
import { SEPARATOR } from './placed-key.ts';
import { BEHIND_VALUES, isWhole, tags, type ValueKey, valueKeyOf } from './value-key.ts';

/** Keys of entries from one on and before another. */
export interface KeySpan {
  readonly from: string;
  readonly below: string;
}

/** Keys of entries: those that begin so, or a span of them. */
export type KeyRange = { readonly prefix: string } | KeySpan;

const BEHIND_SEPARATOR = '\u0001';

/** Texts, numbers and truth values, null and missing: what conditions on the index may ask for. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  value === null ||
  value instanceof ExactNumber ||
  Number.isFinite(value);

/** The entries of one value, in the order of creation where it is whole; undefined where the index does not know. */
export const rangeOfValue = (value: unknown): KeyRange | undefined =>
  isPlain(value) ? { prefix: valueKeyOf(value) + SEPARATOR } : undefined;

/** Every entry of a key. */
export const rangeOfKey = (key: ValueKey): KeyRange => ({ prefix: key + SEPARATOR });

/** The entries of the texts that begin so. */
export const rangeOfPrefix = (prefix: string): KeyRange => ({ prefix: valueKeyOf(prefix) });

/** The entries of a profile that has anything there. */
export const rangesOfExisting: readonly KeyRange[] = [
  { prefix: tags.emptyList },
  { from: tags.number, below: BEHIND_VALUES },
  { prefix: marks.nothingButNull },
];

/** The entries of every value, in the order of a sort. */
export const RANGE_OF_ALL: KeySpan = { from: tags.emptyList, below: BEHIND_VALUES };

/** Whether no entry can be in the range: its ends have passed each other. */
export const isEmptyRange = (range: KeyRange): boolean => 'from' in range && compareText(range.from, range.below) >= 0;

/** Every place in the order of creation, as `createdKey` begins with a digit or, of a time before 1970, with a sign. */
export const RANGE_OF_CREATION: KeySpan = { from: '!', below: '~' };

/** What the store takes as a key that sorts. */
const MOST_KEY_BYTES = 1024;

/** Every username. */
export const RANGE_OF_USERNAMES: KeySpan = { from: SEPARATOR, below: lastKeyOf(MOST_KEY_BYTES) };

/** On which side of a range, in ascending order, a key is. */
export function sideOf(range: KeyRange, key: string): 'before' | 'within' | 'behind' {
  if ('prefix' in range) {
    if (key.startsWith(range.prefix)) return 'within';
    return compareText(key, range.prefix) < 0 ? 'before' : 'behind';
  }
  if (compareText(key, range.from) < 0) return 'before';
  return compareText(key, range.below) > 0 ? 'behind' : 'within';
}

/** The last key of so many bytes: the last code point, and in what it leaves the last of one, two or three bytes. */
function lastKeyOf(bytes: number): string {
  const filler = ['', '\u007f', '\u07ff', '\uffff'][bytes % 4] ?? '';
  return '\u{10ffff}'.repeat(Math.floor(bytes / 4)) + filler;
}

/** A range as a span, both ends of which are asked for: no key is `below` itself, and none that begins with a prefix is behind its last one. */
export function spanOf(range: KeyRange): KeySpan {
  if ('from' in range) return range;
  const { prefix } = range;
  return { from: prefix, below: prefix + lastKeyOf(MOST_KEY_BYTES - Buffer.byteLength(prefix)) };
}

/**
 * What is left of a span from a key within it on. The store goes on behind a key at the same price without; an engine that seeks the beginning of the
 * span first pays for everything before the key.
 */
export const restOfSpan = (span: KeySpan, key: string, order: 'ASC' | 'DESC'): KeySpan =>
  order === 'ASC' ? { ...span, from: key } : { ...span, below: key };

/** One end of a range of one type. */
export interface Bound {
  readonly operator: RangeOperator;
  readonly value: unknown;
}

/**
 * The entries between bounds of one type; undefined where the index does not know: null, documents, several types. A value whose key is cut counts in:
 * what is found is looked at again.
 */
export function rangeBetween(bounds: readonly Bound[]): KeySpan | undefined {
  const [tag, ...others] = new Set(bounds.map(({ value }) => (isPlain(value) ? valueKeyOf(value)[0] : undefined)));
  if (tag === undefined || tag === tags.missing || others.length > 0) return undefined;
  let from: string = tag;
  let below = String.fromCharCode(tag.charCodeAt(0) + 1);
  for (const { operator, value } of bounds) {
    const key = valueKeyOf(value);
    const behind = key + BEHIND_SEPARATOR;
    const lower = operator === '$gt' && isWhole(key) ? behind : key;
    const upper = operator === '$lt' && isWhole(key) ? key : behind;
    if (operator.startsWith('$g')) from = compareText(lower, from) > 0 ? lower : from;
    else below = compareText(upper, below) < 0 ? upper : below;
  }
  return { from, below };
}
