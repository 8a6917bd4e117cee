import { setting } from '../../functions/shared/config/configuration.ts';
import { describeFailure } from '../admin/failures.ts';
import type { LoggedCall } from './function-log.ts';
import { admit, dismiss, dismissForgotten, isDismissed } from './guest.ts';
import type { Installation } from './installation.ts';
import { faultLine, type Tally, totalLine, triedLine, untriedLine } from './report.ts';
import { sender } from './send.ts';
import type { Outcome, Scene, Step } from './step.ts';
import { steps } from './steps.ts';
import { NotMade, Story } from './story.ts';

/** CloudWatch's clock may be another one. */
const EARLIER_MS = 60_000;
/** One call may be lost; after several, each would only wait as long. */
const MOST_UNANSWERED = 2;

/** How a run goes, and who is told. */
interface Run {
  /** Says a line, which holds no secret. */
  tell(line: string): void;
  readonly tally: Tally;
  /** The calls that failed. */
  readonly failed: LoggedCall[];
  /** Calls in a row that nothing has answered. */
  unanswered: number;
}

/** Carries out something of our own, and tells of it as of a step. */
async function housekeep(name: string, { tell, tally }: Run, work: () => Promise<string>): Promise<void> {
  const startedMs = performance.now();
  const outcome: Outcome = await work().then(
    (status) => ({ status }),
    (failure: unknown) => ({ status: '-', fault: describeFailure(failure).message }),
  );
  tally.tried++;
  tell(triedLine(name, outcome, performance.now() - startedMs));
  if (outcome.fault === undefined) return;
  tally.failed++;
  tell(faultLine('with your AWS rights', outcome));
}

async function tryStep({ name, functionName, run: carryOut }: Step, scene: Scene, run: Run): Promise<void> {
  const [startedMs, sinceMs] = [performance.now(), Date.now() - EARLIER_MS];
  try {
    const outcome = await carryOut(scene);
    run.tally.tried++;
    run.unanswered = outcome.isUnanswered ? run.unanswered + 1 : 0;
    run.tell(triedLine(name, outcome, performance.now() - startedMs));
    if (outcome.fault === undefined) return;
    run.tally.failed++;
    run.tell(faultLine(functionName, outcome));
    const { requestId, status } = outcome;
    run.failed.push({ functionName, requestId, sinceMs, isLogged: !/^[234]/.test(status) });
  } catch (missing) {
    if (!(missing instanceof NotMade)) throw missing;
    run.tally.untried++;
    run.tell(untriedLine(name, missing.message));
  }
}

async function trySteps(scene: Scene, run: Run): Promise<void> {
  for (const [index, step] of steps.entries()) {
    scene.signal.throwIfAborted();
    if (run.unanswered === MOST_UNANSWERED) {
      run.tally.untried += steps.length - index;
      return run.tell('  Nothing answers at this address: the others are not tried.');
    }
    await tryStep(step, scene, run);
  }
}

/** Takes out what the run has made, whatever has come before, and looks whether it is gone. */
async function leave(story: Story, run: Run): Promise<void> {
  await housekeep('take out token and tenant', run, async () => {
    await dismiss(story);
    if (await isDismissed(story)) return 'gone';
    throw new Error(`something of ${story.tenant} is still there: a smoke test after the next 15 minutes takes it out`);
  });
}

/** What the functions say themselves of what failed. */
async function tellLogs({ tell, failed }: Run, { readLog }: Installation): Promise<void> {
  if (failed.length === 0) return;
  if (readLog === undefined) return tell('What the functions have logged is in the terminal of "npm start".');
  for (const call of failed) {
    tell(`Log of ${call.functionName}${call.requestId === undefined ? '' : `, request ${call.requestId}`}:`);
    for (const line of await readLog(call)) tell(`  ${line}`);
  }
}

/**
 * Tries an installation out from sign-up to deletion, by a token for a tenant of its own, which are both taken out at the end; tells a line a step.
 * Answers whether all was as it should be; rejects with the signal's reason where that ends it, after what was made is taken out.
 */
export async function smoke(
  installation: Installation,
  { tell, signal }: { tell(line: string): void; readonly signal: AbortSignal },
): Promise<boolean> {
  const story = new Story();
  const tally: Tally = { tried: 0, failed: 0, untried: 0 };
  const run: Run = { tell: (line) => tell(story.redacted(line)), tally, failed: [], unanswered: 0 };
  const { url, link, mailbox } = installation;
  const send = sender({ url, accessTokenId: story.accessTokenId, signal });
  run.tell(`Trying ${url} out`);
  try {
    await housekeep('make token and tenant', run, async () => {
      await dismissForgotten(Date.now());
      await admit(story);
      return 'made';
    });
    if (tally.failed === 0) await trySteps({ story, send, link, mailbox, signal, wireLine: setting('wireLine') }, run);
  } finally {
    await leave(story, run);
  }
  await tellLogs(run, installation);
  run.tell(totalLine(tally));
  return tally.failed === 0 && tally.untried === 0;
}
