import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, internalError, noSuchProfile } from '../../errors/api-error.ts';
import type { Expected, ProfileChange } from '../../repositories/profile-writes.ts';
import { lagOf, settle } from '../tenant/pending-changes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from './load-profile.ts';
import type { Profile } from './profile.ts';

/** How a changed profile is stored. */
export interface SettledStore {
  updateProfile(profile: Profile, change: ProfileChange, expected?: Expected): Promise<Profile | undefined>;
}

/**
 * Roles go one by one and attributes are replaced as a whole, on condition that they are as read: writers that still knew the tenant as it was
 * before may come in between, and what they wrote must neither be lost nor escape the change.
 */
function writeSettled({ updateProfile }: SettledStore, stored: Profile, tenant: Tenant): Promise<Profile | undefined> {
  const lag = lagOf(stored, tenant);
  const touchesAttributes = lag.some((change) => change.removeAttributes.length + change.defaults.size > 0);
  const removeRoles = [...new Set(lag.flatMap((change) => change.removeRoles))];
  const { attributes } = settle(stored, tenant);
  return updateProfile(
    stored,
    { removeRoles, ...(touchesAttributes && { attributes }), appliedVersion: tenant.version },
    touchesAttributes ? { attributes: stored.attributes } : {},
  );
}

const withoutDefaults = (tenant: Tenant): Tenant => ({
  ...tenant,
  pending: tenant.pending.map((change) => ({ ...change, defaults: new Map() })),
});

/**
 * Stores a profile that lags behind its tenant as readers see it already (data model, section 4); undefined where somebody else changed it
 * meanwhile. A profile that default values would make too large for the store goes without them.
 */
export async function storeSettled(store: SettledStore, stored: Profile, tenant: Tenant): Promise<Profile | undefined> {
  if (lagOf(stored, tenant).length === 0) return stored;
  try {
    return await writeSettled(store, stored, tenant);
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'invalidRequest') throw error;
    return writeSettled(store, stored, withoutDefaults(tenant));
  }
}

/** How often a write whose condition failed is tried on the newer state. */
const ATTEMPTS = 10;

/** How a profile is found, and stored changed. */
export interface ProfileStore extends ProfileSource, SettledStore {}

/**
 * Writes to a loaded profile under the condition of every write (data model, section 3, W). A profile that lags behind its tenant is first
 * stored settled, so that a write in flight brings nothing back that the tenant took away. Where the condition fails, it is read again:
 * gone is an error, newer is tried again, with jitter so that many writers do not meet at each try.
 *
 * `write` gets the profile as it is stored and answers with what is stored then, undefined where its condition failed. The result goes with the
 * tenant that the write went by, which may be newer than the loaded one.
 */
export async function writeProfile(
  store: ProfileStore,
  loaded: LoadedProfile,
  write: (current: LoadedProfile) => Promise<Profile | undefined>,
  gone: () => ApiError = () => noSuchProfile(`with ID "${loaded.profile.id}"`),
): Promise<LoadedProfile> {
  let current: LoadedProfile = loaded;
  for (let attempt = 1; ; attempt++) {
    const stored = await storeSettled(store, current.stored, current.tenant);
    const written = stored && (await write({ ...current, stored }));
    if (written !== undefined) return { ...current, stored: written, profile: written };
    if (attempt === ATTEMPTS) throw internalError(new Error('A profile changed at every attempt to write it'));
    if (attempt > 1) await sleep(Math.random() * 20 * attempt);
    const found = await findPresent(store, loaded.profile.id, loaded.tenant.name);
    if (found === undefined) throw gone();
    current = { ...current, ...found };
  }
}

/**
 * Stores a change of a loaded profile and gives back what is stored then (SAVE, contract 5). `plan` sees the newest tenant at each try: what
 * depends on it, permissions or cleansing, belongs there.
 */
export async function changeProfile(
  store: ProfileStore,
  loaded: LoadedProfile,
  plan: (tenant: Tenant) => ProfileChange,
): Promise<LoadedProfile> {
  return writeProfile(store, loaded, ({ stored, tenant }) => store.updateProfile(stored, plan(tenant)));
}
