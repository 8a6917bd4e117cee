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
}

/** Profiles, some at a time. */
export type ProfilePages = AsyncIterable<readonly Profile[]>;

/** `start` and `count` as contract 6.6 reads them: a negative start is 0, a negative count its absolute value, 0 no limit. */
export function windowOf({ start = 0, count = 0 }: { start?: number | undefined; count?: number | undefined }): Window {
  const from = Math.max(0, start);
  return { from, to: count === 0 ? Number.POSITIVE_INFINITY : from + Math.abs(count) };
}

/** The window of profiles that come in their order already; reads no further than its end. */
export async function takeInOrder(
  pages: ProfilePages,
  { from, to }: Window,
  show: (profile: Profile) => Profile,
): Promise<readonly Profile[]> {
  const taken: Profile[] = [];
  let passed = 0;
  let bytes = 0;
  for await (const page of pages) {
    for (const profile of page) {
      passed += 1;
      if (passed <= from) continue;
      requireTime();
      const shown = show(profile);
      bytes += sizeOf(shown);
      if (bytes > ANSWER_LIMIT_BYTES) throw resultTooLarge();
      taken.push(shown);
      if (passed >= to) return taken;
    }
  }
  return taken;
}

/** The window of profiles that come in any order; holds little more than `to` of them, and no attribute that neither order nor answer needs. */
export async function takeSorted(
  pages: ProfilePages,
  { from, to }: Window,
  show: (profile: Profile) => Profile,
  order: ProfileOrder,
): Promise<readonly Profile[]> {
  const showNow = order === byCreation;
  let held: Profile[] = [];
  let bytes = 0;
  for await (const page of pages) {
    const kept = showNow ? page.map(show) : page;
    held = held.concat(kept);
    for (const profile of kept) bytes += sizeOf(profile);
    if (held.length < 2 * to && bytes <= HELD_LIMIT_BYTES) continue;
    held = held.sort(order).slice(0, to);
    bytes = held.reduce((sum, profile) => sum + sizeOf(profile), 0);
    if (bytes > HELD_LIMIT_BYTES) throw resultTooLarge();
  }
  const taken = held.sort(order).slice(from, to);
  return showNow ? taken : taken.map(show);
}
