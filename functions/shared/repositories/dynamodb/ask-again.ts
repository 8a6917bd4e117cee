import { setTimeout as sleep } from 'node:timers/promises';

/** In a row, some two seconds together. */
const MOST_FRUITLESS_CALLS = 8;

/**
 * Asks the store for all of these; what a call leaves out, which it answers, is asked for again, as long as that brings anything. Rejects where it does
 * not.
 */
export async function askAgain<Wanted>(
  wanted: readonly Wanted[],
  ask: (open: readonly Wanted[]) => Promise<readonly Wanted[]>,
): Promise<void> {
  let open = wanted;
  for (let fruitless = 0; open.length > 0; ) {
    const left = await ask(open);
    fruitless = left.length < open.length ? 0 : fruitless + 1;
    if (fruitless === MOST_FRUITLESS_CALLS) throw new Error('The store does not process the keys of a batch');
    open = left;
    if (open.length > 0) await sleep(Math.min(1000, 10 * 2 ** fruitless));
  }
}
