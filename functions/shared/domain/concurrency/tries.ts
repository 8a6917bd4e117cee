import { setTimeout as sleep } from 'node:timers/promises';
import { answerByMs } from '../../config/invocation.ts';

/** How long something is tried again that no answer waits for. */
const PATIENCE_MS = 25_000;
const SHORTEST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 400;

/**
 * The pauses between the tries of something that others at work on the same keep from succeeding: the first is none, later ones grow, with jitter so
 * that many do not meet at each try. False where the time for an answer is up.
 */
export function triesAgain(): () => Promise<boolean> {
  const untilMs = answerByMs() ?? Date.now() + PATIENCE_MS;
  let pauseMs = 0;
  return async () => {
    if (Date.now() >= untilMs) return false;
    if (pauseMs > 0) await sleep(Math.random() * pauseMs);
    pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, 2 * pauseMs));
    return true;
  };
}
