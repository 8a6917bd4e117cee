import { createdKeyOf } from '../profile/created-key.ts';
import type { Profile } from '../profile/profile.ts';
import { sortKeyText } from './index/entries.ts';
import { entryAt } from './index/entry-page.ts';
import { isWhole } from './index/value-key.ts';
import type { Position } from './position.ts';
import { compareText } from './query/compare.ts';
import { byCreation, comparator, type ProfileOrder, type SortOrder, sortKeyBy } from './query/sort.ts';
import { ObjectId } from './query/value.ts';
import type { ProfileBodies } from './read-profiles.ts';
import type { ProfileReader } from './reader.ts';

/** How a list is sorted. */
export interface Sorting {
  /** Undefined in the order of creation. */
  readonly by?: string | undefined;
  readonly order: SortOrder;
  readonly compare: ProfileOrder;
  /** The key of a profile's position: it sorts as the profile does, as far as it goes. */
  keyOf(profile: Profile): string;
  /** Whether equal keys mean that nothing but the order of creation is left. */
  isWhole(key: string): boolean;
}

/** What sorts times and ids as numbers and texts do. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return value instanceof ObjectId ? value.hex : value;
}

const inCreation: Sorting = { order: 'ASC', compare: byCreation, keyOf: () => '', isWhole: () => true };

/** Without `sortBy`, which may be empty too: in the order of creation (contract 6.6). */
export function sortingOf(options: {
  readonly sortBy?: string | undefined;
  readonly sortOrder?: SortOrder | undefined;
}): Sorting {
  const { sortBy: by, sortOrder: order = 'DESC' } = options;
  if (!by) return inCreation;
  const sorting = { by, order, compare: comparator(by, order) };
  if (by === 'username') return { ...sorting, keyOf: ({ username }) => username, isWhole: () => true };
  const sortKey = sortKeyBy(by, order);
  const keyOf = (profile: Profile) => {
    const { isEmpty, value } = sortKey(profile);
    return sortKeyText({ isEmpty, value: plain(value) });
  };
  return { ...sorting, keyOf, isWhole };
}

/** Sorts what has keys as a list does whose profiles have them; equal ones are in the order of creation. */
export const compareKeys =
  (order: SortOrder) =>
  (a: Position, b: Position): number =>
    (order === 'ASC' ? 1 : -1) * compareText(a.key, b.key) || compareText(a.createdKey, b.createdKey);

/**
 * What tells whether a profile stands behind a position. Of those that share a cut key only the profile of the position can tell: where that is gone
 * or has moved, all of them do.
 */
export async function behindOf(
  source: ProfileBodies,
  reader: ProfileReader,
  sorting: Sorting,
  after: Position | undefined,
): Promise<(view: Profile) => boolean> {
  if (after === undefined) return () => true;
  const compare = compareKeys(sorting.order);
  const isBehind = (view: Profile) => compare({ key: sorting.keyOf(view), createdKey: createdKeyOf(view) }, after) > 0;
  if (sorting.isWhole(after.key)) return isBehind;
  const [stored] = await source.findProfiles([entryAt(after).id]);
  const last = stored && reader.view(stored);
  const isThere = last !== undefined && sorting.keyOf(last) === after.key;
  return (view) => {
    if (sorting.keyOf(view) !== after.key) return isBehind(view);
    return !isThere || sorting.compare(last, view) < 0;
  };
}
