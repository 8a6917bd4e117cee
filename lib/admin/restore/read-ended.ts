import { messageOf } from '../../system-errors.ts';
import { type Answer, readTrail } from '../audit/read-trail.ts';
import type { LastState } from './backups.ts';
import { type EndedSince, endedIn, nothingKnown } from './ended-since.ts';

/** Why an answer of the trail does not have all of what was ended; undefined where it has. */
function lackOf(answer: Answer, { atMs, lastMs }: LastState): string | undefined {
  const { completeFromMs, completeToMs, killed, notes } = answer;
  if (completeFromMs > atMs) return `it begins at ${new Date(completeFromMs).toISOString()}`;
  if (completeToMs < lastMs) return 'records of the last two minutes may be on their way: call again after that';
  // Once a table is gone, nothing that was killed has changed it; in one that had taken its place it may have.
  if (lastMs > atMs && killed.length > 0)
    return `calls were killed of which nobody knows what they did: ${killed.length}`;
  return notes[0];
}

/**
 * What was ended since a table was deleted that comes back, as the audit trail of a stage has it, or nothing with the reason: the log cannot be read, or does not have
 * all of that time.
 */
export async function readEnded(
  stage: string,
  state: LastState,
): Promise<{ readonly ended: EndedSince; readonly lack: string | undefined }> {
  try {
    const answer = await readTrail({ stage, local: false }, { fromMs: state.atMs, toMs: Date.now() });
    const lack = lackOf(answer, state);
    return lack === undefined ? { ended: endedIn(answer.records), lack } : { ended: nothingKnown, lack };
  } catch (fault) {
    return { ended: nothingKnown, lack: messageOf(fault) };
  }
}
