import { compareNumbers } from '../../values/exact-number.ts';
import { requireTime } from '../read-limit.ts';
import { compareText, compareValues } from './compare.ts';
import { type Entrance, entrancesOf, type QueryableProfile } from './profile-values.ts';
import { fieldOf, isList, itemAt, pathOf } from './value.ts';

export type SortOrder = 'ASC' | 'DESC';

/** Compares as `Array.prototype.sort` wants it; equal only for the same profile. */
export type ProfileOrder = (a: QueryableProfile, b: QueryableProfile) => number;

/** Order of creation, then id: the order without `sortBy`, and that of ties (contract 6.6). */
export const byCreation: ProfileOrder = (a, b) =>
  compareNumbers(a.createdAtMs, b.createdAtMs) || compareText(a.id, b.id);

/**
 * The order for `sortBy` and `sortOrder`, descending when the order is absent (contract 6.6). Unknown fields sort as
 * missing. It knows no permissions: give it profiles without the attributes that the caller may not read. 400 `OTHER` when the time is up.
 */
export function comparator(sortBy: string, order: SortOrder | undefined): ProfileOrder {
  const direction = order === 'ASC' ? 1 : -1;
  const sortKey = sortKeyBy(sortBy, order);
  const keys = new WeakMap<QueryableProfile, SortKey>();
  const keyOf = (profile: QueryableProfile): SortKey => {
    const key = keys.get(profile) ?? sortKey(profile);
    keys.set(profile, key);
    return key;
  };
  return (a, b) => {
    requireTime();
    return direction * compareKeys(keyOf(a), keyOf(b)) || byCreation(a, b);
  };
}

/** What tells by what a profile sorts in the order of `comparator`. */
export function sortKeyBy(sortBy: string, order: SortOrder | undefined): (profile: QueryableProfile) => SortKey {
  const path = pathOf(sortBy);
  return (profile) => sortKeyOf(entrancesOf(profile)(path), order === 'ASC' ? 1 : -1);
}

/** By what a profile sorts. */
export interface SortKey {
  /** An empty array: lower than everything, null and missing included. */
  readonly isEmpty: boolean;
  readonly value: unknown;
}

const compareKeys = (a: SortKey, b: SortKey): number =>
  Number(b.isEmpty) - Number(a.isEmpty) || compareValues(a.value, b.value);

/** Of several values Mongo takes the smallest when ascending and the largest when descending. */
export function sortKeyOf({ value, rest }: Entrance, direction: 1 | -1): SortKey {
  let ends: readonly unknown[] = [value];
  // A value counts once: what is missing in each element of a long list would else be looked into at every further segment.
  for (const segment of rest) ends = [...new Set(ends.flatMap((end) => stepsInto(end, segment)))];
  return ends
    .flatMap((end): readonly SortKey[] => (isList(end) ? keysOf(end) : [{ isEmpty: false, value: end }]))
    .reduce((best, key) => (direction * compareKeys(key, best) < 0 ? key : best));
}

const keysOf = (list: readonly unknown[]): readonly SortKey[] =>
  list.length === 0 ? [{ isEmpty: true, value: undefined }] : list.map((value) => ({ isEmpty: false, value }));

/** Never empty: what is not there is `undefined`. An index of an array is taken as such, other names in each element. */
function stepsInto(value: unknown, segment: string): readonly unknown[] {
  if (!isList(value)) return [fieldOf(value, segment)];
  const item = itemAt(value, segment);
  if (item !== undefined || value.length === 0) return [item];
  return value.map((element) => fieldOf(element, segment));
}
