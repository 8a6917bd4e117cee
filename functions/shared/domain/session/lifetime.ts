import { noteSubject } from '../../audit/tally.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant, type TenantAction } from '../access/permissions.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { BoundToProfile } from './epochs.ts';

/** What sets ticket, persistent login and verification token apart, in how they live and die. */
export interface Lifetime<Bound extends BoundToProfile> {
  /** What a caller needs on the tenant. */
  readonly action: TenantAction;
  /** Its making or last use, from which its age counts; epoch milliseconds. */
  sinceMs(bound: Bound): number;
  /** Whether it still stands for the profile as that is by now. */
  isLive(bound: Bound, profile: Profile): boolean;
}

/** One that is there, with the caller that may use it. */
export interface Open<Bound extends BoundToProfile> {
  readonly caller: AccessToken;
  readonly bound: Bound;
}

/**
 * The one that is being looked up: undefined where it is unknown, or its time over, for the store may keep it for a while after that (contract 6.10);
 * 403 without the action on its tenant.
 */
export async function findOpen<Bound extends BoundToProfile>(
  lifetime: Lifetime<Bound>,
  ageSeconds: number,
  callerOnItsWay: Promise<AccessToken>,
  lookUp: Promise<Bound | undefined>,
): Promise<Open<Bound> | undefined> {
  const [caller, bound] = await Promise.all([callerOnItsWay, lookUp]);
  if (bound === undefined || Date.now() >= lifetime.sinceMs(bound) + ageSeconds * 1000) return undefined;
  noteSubject({ tenant: bound.tenant, profileId: bound.profileId });
  requireOnTenant(caller, bound.tenant, lifetime.action);
  return { caller, bound };
}

/** With its profile: undefined where that is absent, or not the one any more that it was made for. */
export async function findLive<Bound extends BoundToProfile>(
  lifetime: Lifetime<Bound>,
  source: ProfileSource,
  { caller, bound }: Open<Bound>,
): Promise<LoadedProfile | undefined> {
  const found = await findPresent(source, bound.profileId, bound.tenant);
  return found && lifetime.isLive(bound, found.profile) ? { caller, ...found } : undefined;
}
