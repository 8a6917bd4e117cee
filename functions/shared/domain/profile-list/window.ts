import { resultTooLarge } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import type { ProfileOrder } from './query/sort.ts';

/** Largest answer that is made at all (contract 9.1 #53); what a function can send may be less. */
export const ANSWER_LIMIT_BYTES = 5_500_000;
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

/** At least what the profile takes in an answer: its attributes, and the names of all other fields. */
const sizeOf = (profile: Profile): number => 150 + JSON.stringify(Object.fromEntries(profile.attributes)).length;

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
      const shown = show(profile);
      bytes += sizeOf(shown);
      if (bytes > ANSWER_LIMIT_BYTES) throw resultTooLarge();
      taken.push(shown);
      if (passed >= to) return taken;
    }
  }
  return taken;
}

/** The window of profiles that come in any order; holds little more than `to` of them. */
export async function takeSorted(
  pages: ProfilePages,
  { from, to }: Window,
  show: (profile: Profile) => Profile,
  order: ProfileOrder,
): Promise<readonly Profile[]> {
  let held: Profile[] = [];
  let bytes = 0;
  for await (const page of pages) {
    held = held.concat(page);
    for (const profile of page) bytes += sizeOf(profile);
    if (held.length < 2 * to && bytes <= HELD_LIMIT_BYTES) continue;
    held = held.sort(order).slice(0, to);
    bytes = held.reduce((sum, profile) => sum + sizeOf(profile), 0);
    if (bytes > HELD_LIMIT_BYTES) throw resultTooLarge();
  }
  return held.sort(order).slice(from, to).map(show);
}
