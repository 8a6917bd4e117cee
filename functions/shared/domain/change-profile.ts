import { type ApiError, internalError, noSuchProfile } from '../errors/api-error.ts';
import type { ProfileChange } from '../repositories/profile-writes.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from './load-profile.ts';
import type { Profile, Tenant } from './model.ts';
import { lagOf } from './settle.ts';

/** How often a write whose condition failed is tried on the newer state. */
const ATTEMPTS = 5;

export interface ProfileStore extends ProfileSource {
  updateProfile(profile: Profile, change: ProfileChange): Promise<Profile | undefined>;
}

/** The stored form brought up to its tenant's changes; undefined where somebody else changed it meanwhile. */
async function storeSettled(
  { updateProfile }: ProfileStore,
  { stored, profile, tenant }: { stored: Profile; profile: Profile; tenant: Tenant },
): Promise<Profile | undefined> {
  if (lagOf(stored, tenant).length === 0) return stored;
  return updateProfile(stored, {
    roles: profile.roles,
    setAttributes: profile.attributes,
    removeAttributes: [...stored.attributes.keys()].filter((name) => !profile.attributes.has(name)),
    appliedVersion: tenant.version,
  });
}

/**
 * Writes to a loaded profile under the condition of every write (data model, section 3, W). A profile that lags behind its tenant is first
 * stored settled, so that a write in flight brings nothing back that the tenant took away. Where the condition fails, it is read again:
 * gone is an error, newer is tried again.
 *
 * `write` gets the profile as it is stored and answers undefined where its condition failed.
 */
export async function writeProfile<Result>(
  store: ProfileStore,
  loaded: LoadedProfile,
  write: (current: LoadedProfile) => Promise<Result | undefined>,
  gone: () => ApiError = () => noSuchProfile(`with ID "${loaded.profile.id}"`),
): Promise<Result> {
  let current: LoadedProfile = loaded;
  for (let attempt = 1; ; attempt++) {
    const stored = await storeSettled(store, current);
    const result = stored && (await write({ ...current, stored }));
    if (result !== undefined) return result;
    if (attempt === ATTEMPTS) throw internalError(new Error('A profile changed at every attempt to write it'));
    const found = await findPresent(store, loaded.profile.id);
    if (found === undefined) throw gone();
    current = { ...current, ...found };
  }
}

/** Stores a change of a loaded profile and gives back what is stored then (SAVE, contract 5). `plan` sees the newest state at each try. */
export async function changeProfile(
  store: ProfileStore,
  loaded: LoadedProfile,
  plan: (profile: Profile) => ProfileChange,
): Promise<Profile> {
  return writeProfile(store, loaded, ({ stored }) => store.updateProfile(stored, plan(stored)));
}
