import { ANSWER_LIMIT_BYTES } from '../../config/answer-limit.ts';
import { resultTooLarge } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import { sizeOf } from './profile-size.ts';
import { byCreation, type ProfileOrder } from './query/sort.ts';
import { requireTime } from './read-limit.ts';

/** How much a sort may hold at once, whatever it gives back in the end. */
const HELD_LIMIT_BYTES = 32_000_000;

/** Which of the matches are returned: those from the index `from` up to, not with, `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Nobody asks whether anything follows. */
  readonly isFinal?: true;
}

/** What was found of a window. */
export interface Taken<Item> {
  /** As they are shown. */
  readonly profiles: readonly Profile[];
  /** The last of them, as it came. */
  readonly last: Item | undefined;
  /** Whether more may follow. */
  readonly follows: boolean;
}

/** `start` and `count` as contract 6.6 reads them: a negative start is 0, a negative count its absolute value, 0 no limit. */
export function windowOf({ start = 0, count = 0 }: { start?: number | undefined; count?: number | undefined }): Window {
  const from = Math.max(0, start);
  return { from, to: count === 0 ? Number.POSITIVE_INFINITY : from + Math.abs(count) };
}

/** The first that there is. */
export const theFirst: Window = { from: 0, to: 1, isFinal: true };

/** How far a list in its order has been read, by ids. */
export interface Progress {
  /** The last that is known. */
  known?: string | undefined;
  /** The last whose profile has come. */
  read?: string | undefined;
  /** Whether none but those known are left. */
  isDone: boolean;
}

/** Whether there is more to be read: where the last of all is gone, that is not known. */
export const isLeft = ({ known, read, isDone }: Progress): boolean => !isDone || known !== read;

/** How many profiles of a list have to be found for a window: one more tells that something follows. */
export const neededFor = ({ to, isFinal }: Window): number => (isFinal ? to : to + 1);

/**
 * The window of what comes in its order already; reads no further than its end. What follows is looked for in the page that is at hand; `mayFollow` tells
 * whether there is more to be read behind that.
 */
export async function takeInOrder<Item>(
  pages: AsyncIterable<readonly Item[]>,
  { from, to, isFinal }: Window,
  show: (item: Item) => Profile,
  mayFollow: () => boolean = () => true,
): Promise<Taken<Item>> {
  const profiles: Profile[] = [];
  let last: Item | undefined;
  let [passed, bytes] = [0, 0];
  for await (const page of pages) {
    for (const item of page) {
      if (passed >= to) return { profiles, last, follows: !isFinal };
      passed += 1;
      if (passed <= from) continue;
      requireTime();
      const shown = show(item);
      bytes += sizeOf(shown);
      if (bytes > ANSWER_LIMIT_BYTES) throw resultTooLarge();
      profiles.push(shown);
      last = item;
    }
    if (passed >= to) return { profiles, last, follows: !isFinal && mayFollow() };
  }
  return { profiles, last, follows: false };
}

/** The window of profiles that come in any order; holds little more than `to` of them, and no attribute that neither order nor answer needs. */
export async function takeSorted(
  pages: AsyncIterable<readonly Profile[]>,
  window: Window,
  show: (profile: Profile) => Profile,
  order: ProfileOrder,
): Promise<Taken<Profile>> {
  const { from, to, isFinal } = window;
  const needed = neededFor(window);
  const showNow = order === byCreation;
  let held: Profile[] = [];
  let bytes = 0;
  /** Once there are enough: what stands behind it is none of the window's. */
  let bound: Profile | undefined;
  for await (const page of pages) {
    const end = bound;
    const within = end === undefined ? page : page.filter((profile) => order(profile, end) < 0);
    const kept = showNow ? within.map(show) : within;
    held = held.concat(kept);
    for (const profile of kept) bytes += sizeOf(profile);
    if (held.length < 2 * needed && bytes <= HELD_LIMIT_BYTES) continue;
    held = held.sort(order).slice(0, needed);
    bound = held.length === needed ? held.at(-1) : undefined;
    bytes = held.reduce((sum, profile) => sum + sizeOf(profile), 0);
    if (bytes > HELD_LIMIT_BYTES) throw resultTooLarge();
  }
  const taken = held.sort(order).slice(from, to);
  return { profiles: showNow ? taken : taken.map(show), last: taken.at(-1), follows: !isFinal && held.length > to };
}
