import { type ApiError, internalError, noSuchProfile } from '../errors/api-error.ts';
import type { ProfileChange } from '../repositories/profile-writes.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from './load-profile.ts';
import type { Profile, Tenant } from './model.ts';
import { type SettledStore, storeSettled } from './store-settled.ts';

/** How often a write whose condition failed is tried on the newer state. */
const ATTEMPTS = 5;

export interface ProfileStore extends ProfileSource, SettledStore {}

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
    const stored = await storeSettled(store, current.stored, current.tenant);
    const result = stored && (await write({ ...current, stored }));
    if (result !== undefined) return result;
    if (attempt === ATTEMPTS) throw internalError(new Error('A profile changed at every attempt to write it'));
    const found = await findPresent(store, loaded.profile.id, loaded.tenant.name);
    if (found === undefined) throw gone();
    current = { ...current, ...found };
  }
}

/**
 * Stores a change of a loaded profile and gives back what is stored then (SAVE, contract 5). `plan` sees the newest state at each try; what it
 * requires of the tenant it has to require there, since that may have changed too.
 */
export async function changeProfile(
  store: ProfileStore,
  loaded: LoadedProfile,
  plan: (profile: Profile, tenant: Tenant) => ProfileChange,
): Promise<Profile> {
  return writeProfile(store, loaded, ({ stored, tenant }) => store.updateProfile(stored, plan(stored, tenant)));
}
