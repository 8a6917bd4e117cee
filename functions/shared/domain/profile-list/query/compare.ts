import { compareNumbers, isJsonNumber } from '../../values/exact-number.ts';
import { isDocument, isList, ObjectId } from './value.ts';

/** Mongo's order of types: missing and null, numbers, strings, objects, arrays, ids, booleans, dates (contract 6.6). */
export function typeRank(value: unknown): number {
  if (isJsonNumber(value)) return 1;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 6;
  if (isList(value)) return 4;
  if (value instanceof ObjectId) return 5;
  if (value instanceof Date) return 7;
  return isDocument(value) ? 3 : 0;
}

/** A total order over everything that a profile or a query holds; 0 means equal. Missing and null are equal. */
export function compareValues(a: unknown, b: unknown): number {
  const byType = typeRank(a) - typeRank(b);
  if (byType !== 0) return byType;
  if (isJsonNumber(a) && isJsonNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return compareNumbers(Number(a), Number(b));
  if (a instanceof Date && b instanceof Date) return compareNumbers(a.getTime(), b.getTime());
  if (a instanceof ObjectId && b instanceof ObjectId) return compareText(a.hex, b.hex);
  if (isList(a) && isList(b)) return compareLists(a, b);
  if (isDocument(a) && isDocument(b)) return compareEntries(Object.entries(a), Object.entries(b));
  return 0;
}

/** Strings in the order of their UTF-8 bytes, which is that of their code points and not that of UTF-16 units. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, so they sort after the units U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = compareValues(a[at], b[at]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

type Entry = readonly [name: string, value: unknown];

/** Field by field, as Mongo does: type, then name, then value. Order of fields counts. */
function compareEntries(a: readonly Entry[], b: readonly Entry[]): number {
  for (const [at, [name, value]] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const order = typeRank(value) - typeRank(other[1]) || compareText(name, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
