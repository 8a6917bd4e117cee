import { answerByMs } from '../../config/invocation.ts';
import { invalidRequest } from '../../errors/api-error.ts';

/** What the answer of a long read takes once everything is found. */
const ANSWER_MS = 1_000;

/**
 * 400 `OTHER` where a read has used up its time, or where its next step would take longer than is left (contract 9.1 #53). Called before each step
 * whose length a stranger decides on; it costs some 50 ns.
 */
export function requireTime(nextStepMs = 0): void {
  const endsAtMs = answerByMs();
  if (endsAtMs !== undefined && Date.now() + nextStepMs >= endsAtMs - ANSWER_MS)
    throw invalidRequest('The read takes too long: narrow the query');
}
