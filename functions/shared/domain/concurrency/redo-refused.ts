import { setTimeout as sleep } from 'node:timers/promises';
import { internalError } from '../../errors/api-error.ts';

/** How often a write that another one overtook is tried on the newer state. */
const ATTEMPTS = 10;

/** With jitter, so that many writers do not meet at each try. */
const jitter = (attempt: number): Promise<unknown> => sleep(Math.random() * 20 * attempt);

/** For writers that are few, and not waited for. */
export const atOnce = (): Promise<unknown> => Promise.resolve();

/**
 * Makes a write that is conditional on what was read. Where its condition failed, which `write` answers with undefined, what is there is read again
 * and the write made on that, after a pause from the third try on. Undefined where what was to be written is gone by then; rejects with a 500 where
 * the state changed at every attempt.
 */
export async function redoRefused<State, Written>(
  read: State | undefined,
  write: (state: State) => Promise<Written | undefined>,
  readAgain: (refused: State) => Promise<State | undefined>,
  pause: (attempt: number) => Promise<unknown> = jitter,
): Promise<Written | undefined> {
  let state = read;
  for (let attempt = 1; state !== undefined; attempt++) {
    const written = await write(state);
    if (written !== undefined) return written;
    if (attempt === ATTEMPTS) throw internalError(new Error('What is written to changed at every attempt'));
    if (attempt > 1) await pause(attempt);
    state = await readAgain(state);
  }
  return undefined;
}
