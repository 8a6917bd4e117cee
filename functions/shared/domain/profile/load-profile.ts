import { noteSubject } from '../../audit/tally.ts';
import { assertThat, noSuchProfile } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { settle } from '../tenant/pending-changes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isObjectId } from '../values/object-id.ts';
import { type Profile, subjectOf } from './profile.ts';

/** How a profile and its tenant are found. */
export interface ProfileSource {
  findProfile(id: string): Promise<Profile | undefined>;
  findTenant(name: string): Promise<Tenant | undefined>;
}

/** A profile that the caller may work on, with what the next steps need. */
export interface LoadedProfile {
  readonly caller: AccessToken;
  readonly tenant: Tenant;
  /** As stored: writes are conditional on it. */
  readonly stored: Profile;
  /** As every reader sees it. */
  readonly profile: Profile;
}

/**
 * The profile, settled, if it is there for the API: its tenant exists and is the one that it was made in. A tenant deleted, or made anew under the same
 * name, has no old profiles from that moment on (data model, section 2).
 */
export function settledFor(
  stored: Profile | undefined,
  tenant: Tenant | undefined,
): { stored: Profile; profile: Profile; tenant: Tenant } | undefined {
  if (stored === undefined || tenant === undefined || stored.tenantId !== tenant.id) return undefined;
  return { stored, tenant, profile: settle(stored, tenant) };
}

/**
 * The profile and its tenant, if it is there for the API; in one trip where the name of its tenant, which never changes, is known. The tenant is
 * never older than the changes that the profile has taken in: who wrote by an older one could bring back what those took away.
 */
export async function findPresent(
  { findProfile, findTenant }: ProfileSource,
  id: string,
  tenantName?: string,
): Promise<{ stored: Profile; profile: Profile; tenant: Tenant } | undefined> {
  if (!isObjectId(id)) return undefined;
  const [stored, beside] = await Promise.all([
    findProfile(id.toLowerCase()),
    tenantName === undefined ? undefined : findTenant(tenantName),
  ]);
  if (stored === undefined) return undefined;
  noteSubject(subjectOf(stored));
  const isRecent = beside !== undefined && beside.version >= stored.appliedVersion;
  return settledFor(stored, isRecent ? beside : await findTenant(stored.tenant));
}

/** The steps of LOAD (contract 5): 404 `NO_SUCH_PROFILE`, then the 403s of `MANAGE_PROFILES` and `READ_TENANT`. */
export async function loadProfile(
  source: ProfileSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
): Promise<LoadedProfile> {
  const [caller, found] = await Promise.all([callerOnItsWay, findPresent(source, id)]);
  assertThat(found, () => noSuchProfile(`with ID "${id}"`));
  requireOnTenant(caller, found.tenant.name, 'MANAGE_PROFILES', 'READ_TENANT');
  return { caller, ...found };
}

/**
 * Starts a read of what belongs to the profile beside LOAD, in the same trip; an id that can be nobody's has nothing to read. What it rejects
 * with counts only once the promise is awaited.
 */
export function besideLoad<Found>(id: string, read: (profileId: string) => Promise<Found>): Promise<Found | undefined> {
  const found = isObjectId(id) ? read(id.toLowerCase()) : Promise.resolve(undefined);
  found.catch(() => undefined);
  return found;
}
