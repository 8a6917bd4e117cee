import { setTimeout as sleep } from 'node:timers/promises';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import type { Step } from '../step.ts';

/** The stream is read every three seconds, and the worker may have to start. */
const WORKED_OFF_WITHIN_MS = 60_000;
const PAUSE_MS = 500;

/** What a call only begins, and the worker carries out in the tables. */
export const storage: readonly Step[] = [
  {
    name: 'the worker takes it out of the tables',
    functionName: 'sweep-tenants',
    run: async ({ story, signal }) => {
      const id = story.idOf('otherProfile');
      const giveUpMs = performance.now() + WORKED_OFF_WITHIN_MS;
      while ((await findProfile(id)) !== undefined) {
        if (performance.now() > giveUpMs)
          return { status: '-', fault: `it is still there after ${WORKED_OFF_WITHIN_MS / 1000} s` };
        await sleep(PAUSE_MS, undefined, { signal });
      }
      return { status: 'done' };
    },
  },
];
