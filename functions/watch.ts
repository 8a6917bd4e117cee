import type { Context } from 'aws-lambda';
import { readSettings } from './shared/config/configuration.ts';
import { inInvocation } from './shared/config/invocation.ts';
import { describeError, log } from './shared/config/logger.ts';
import { publish } from './shared/config/metrics.ts';
import { endHashNotes } from './shared/domain/watch/hash-notes.ts';
import { accessTokenDaysLeft, oldestOpenChangeSeconds, profilesWaitingForMail } from './shared/domain/watch/state.ts';
import { listTokenEnds } from './shared/repositories/access-tokens.ts';
import { findManyCredentials } from './shared/repositories/credentials.ts';
import { endHashNote, listHashNotes, saveHashNote } from './shared/repositories/hash-notes.ts';
import { findProfiles } from './shared/repositories/profiles.ts';
import { clearRefusedMail, listRefusedMails } from './shared/repositories/refused-mails.ts';
import { listSweepPage, listSweeps } from './shared/repositories/sweeps.ts';
import { findTenant } from './shared/repositories/tenants.ts';

/** The intents that it works with. */
export const dependencies = {
  listSweeps,
  findTenant,
  listTokenEnds,
  listRefusedMails,
  findProfiles,
  clearRefusedMail,
  listHashNotes,
  listSweepPage,
  findManyCredentials,
  saveHashNote,
  endHashNote,
};

/** Settings without which nothing is begun. */
export const settings = ['profilesTable', 'tokensTable', 'stage'] as const;

/** As many as somebody looks at. */
const MOST_IDS = 50;

/** The log says who they are: nothing else does. */
function tellWaiting(profileIds: readonly string[]): void {
  publish({ ProfilesWaitingForMail: profileIds.length });
  if (profileIds.length > 0)
    log().warn('Profiles wait for a mail that was refused', { profileIds: profileIds.slice(0, MOST_IDS) });
}

/** Each figure is found out by itself, so that one that cannot be hides no other. */
async function publishAll(): Promise<void> {
  readSettings(settings);
  const nowMs = Date.now();
  const outcomes = await Promise.allSettled([
    oldestOpenChangeSeconds(dependencies, nowMs).then((seconds) => publish({ OldestOpenChangeSeconds: seconds })),
    accessTokenDaysLeft(dependencies, nowMs).then((days) => publish({ AccessTokenDaysLeft: days })),
    profilesWaitingForMail(dependencies).then(tellWaiting),
    endHashNotes(dependencies, nowMs),
  ]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const failure of failures.slice(1)) log().error('Unexpected failure', { error: describeError(failure) });
  if (failures.length > 0) throw failures[0];
}

/**
 * Publishes once an hour what waits for somebody to do something about it, for alarms that stay red until then, and ends the notes on hashes of other identity stores that are gone. Fails, which has an alarm of its own, where
 * any of it could not be found out.
 */
export function handler(_event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<void> {
  return inInvocation({ operation: 'watch', awsRequestId: context.awsRequestId }, async () => {
    try {
      await publishAll();
    } catch (failure) {
      log().error('Unexpected failure', { error: describeError(failure) });
      // Lambda logs what is thrown, with a message that may quote data.
      throw new Error('The call failed: its log says why');
    }
  });
}
