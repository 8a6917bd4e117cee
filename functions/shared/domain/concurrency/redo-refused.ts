import { internalError } from '../../errors/api-error.ts';
import { triesAgain } from './tries.ts';

/**
 * Makes a write that is conditional on what was read. Where its condition failed, which `write` answers with undefined, what is there is read again
 * and the write made on that, for as long as there is time. Undefined where what was to be written is gone by then; rejects with a 500 where the state
 * changed at every try.
 */
export async function redoRefused<State, Written>(
  read: State | undefined,
  write: (state: State) => Promise<Written | undefined>,
  readAgain: (refused: State) => Promise<State | undefined>,
): Promise<Written | undefined> {
  const again = triesAgain();
  let state = read;
  while (state !== undefined) {
    const written = await write(state);
    if (written !== undefined) return written;
    if (!(await again())) throw internalError(new Error('What is written to changed at every try'));
    state = await readAgain(state);
  }
  return undefined;
}
