import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { readSettings } from './shared/config/configuration.ts';
import { inInvocation } from './shared/config/invocation.ts';
import { describeError, log } from './shared/config/logger.ts';
import { type SweepDependencies, sweepTenants } from './shared/domain/sweep/sweep.ts';
import { deleteAttachmentsOf } from './shared/repositories/attachments.ts';
import { deleteEntry, listEntries } from './shared/repositories/index-purge.ts';
import { settleProfile } from './shared/repositories/profile-writes.ts';
import { findProfile, findProfiles } from './shared/repositories/profiles.ts';
import { closeSweep, listSweepPage, listSweeps, saveSweep } from './shared/repositories/sweeps.ts';
import { endSettling, findTenant } from './shared/repositories/tenants.ts';
import { buryOrphan, deleteTombstone } from './shared/repositories/tombstones.ts';

/** Requests end after 29 s at the latest; the rest is for the index. */
const QUIET_MS = 60_000;
/** An entry in a transaction is two of the 1,000 writes that a part of the index takes a second. */
export const ENTRY_PACE_MS = 4;

/** What its log and the audit trail call it. */
export const SWEEP = 'sweep-tenants';

/** The intents that it works with. */
export const dependencies = {
  findTenant,
  findProfile,
  findProfiles,
  settleProfile,
  buryOrphan,
  deleteAttachmentsOf,
  deleteTombstone,
  listEntries,
  deleteEntry,
  listSweeps,
  listSweepPage,
  saveSweep,
  closeSweep,
  endSettling,
};

/** With its real clock; a local stack, whose requests are short, may take a shorter quiet time. */
export const sweepDependencies: SweepDependencies = {
  ...dependencies,
  nowMs: Date.now,
  sleep,
  quietMs: QUIET_MS,
  entryPaceMs: ENTRY_PACE_MS,
};

/** Settings without which nothing is begun. */
const needs = ['profilesTable', 'attachmentsBucket'] as const;

/**
 * Carries changes of tenants out on their profiles, and deletions of profiles to their end (data model, section 4). Called by the Profiles table's stream whenever a sweep is opened or
 * saved; what the event says does not matter, because all open sweeps are worked off.
 */
export function handler(
  _event: unknown,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<void> {
  return inInvocation({ operation: SWEEP, awsRequestId: context.awsRequestId }, async () => {
    try {
      readSettings(needs);
      await sweepTenants(sweepDependencies, () => context.getRemainingTimeInMillis());
    } catch (failure) {
      log().error('Unexpected failure', { error: describeError(failure) });
      // Lambda logs what is thrown, with a message that may quote data.
      throw new Error('The call failed: its log says why');
    }
  });
}
