import { assertThat, profileExists } from '../../errors/api-error.ts';
import { asIndexed, type IndexedProfile } from './indexed-profile.ts';
import type { LoadedProfile } from './load-profile.ts';
import type { Profile } from './profile.ts';
import type { ProfileChange } from './profile-change.ts';
import { type ProfilePlan, type ProfileStore, writeProfile } from './write-profile.ts';

/** A username, a password hash, or both. */
export interface NewIdentity {
  readonly username?: string | undefined;
  readonly passwordHash?: string | undefined;
}

/** How a profile is stored with a new identity: `overtaken` where it is gone or changed meanwhile. */
export interface IdentityStore extends ProfileStore {
  storeIdentity(
    stored: IndexedProfile,
    change: ProfileChange,
    identity: NewIdentity,
  ): Promise<Profile | 'usernameTaken' | 'overtaken'>;
}

/**
 * Changes username or password of a loaded profile together with the rest: the new username is claimed as the old one goes (409 `PROFILE_EXISTS`
 * where it is taken), and a new password ends every session and token (contract 5.18, 9.1 #21, #50). The same username is no change.
 */
export async function changeIdentity(
  store: IdentityStore,
  loaded: LoadedProfile,
  plan: ProfilePlan,
  { username, passwordHash }: NewIdentity,
): Promise<LoadedProfile> {
  return writeProfile(store, loaded, async ({ stored, tenant }) => {
    const renamed = username === stored.username ? undefined : username;
    const outcome = await store.storeIdentity(asIndexed(stored, tenant), plan(tenant), {
      username: renamed,
      passwordHash,
    });
    assertThat(outcome !== 'usernameTaken', () => profileExists(renamed ?? stored.username));
    return outcome === 'overtaken' ? undefined : outcome;
  });
}
