import { assertThat, noSuchVerificationToken } from '../../errors/api-error.ts';
import { asIndexed, type IndexedProfile } from '../profile/indexed-profile.ts';
import type { LoadedProfile } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { ProfileChange } from '../profile/profile-change.ts';
import { type ProfileStore, writeProfile } from '../profile/write-profile.ts';
import { type VerificationToken, verificationTokenLifetime } from './verification-token.ts';

/** How a token is used up together with the change that it allows: `overtaken` where the profile is gone or changed meanwhile. */
export interface RedemptionStore extends ProfileStore {
  redeemToken(
    tokenId: string,
    stored: IndexedProfile,
    change: ProfileChange,
    passwordHash?: string,
  ): Promise<Profile | 'tokenGone' | 'overtaken'>;
}

/**
 * Redeems a token for a change of its profile and, where a hash is given, a new password: of any number of parallel calls exactly one succeeds
 * (contract 5.19, 5.41). 404 `NO_SUCH_VERIFICATION_TOKEN` where it is used up, or its profile gone or under a new password or address meanwhile.
 */
export async function redeem(
  store: RedemptionStore,
  loaded: LoadedProfile & { readonly token: VerificationToken },
  changeOf: (profile: Profile) => ProfileChange,
  passwordHash?: string,
): Promise<LoadedProfile> {
  const { token } = loaded;
  const absent = () => noSuchVerificationToken(token.id);
  return writeProfile(
    store,
    loaded,
    async ({ stored, tenant }) => {
      assertThat(verificationTokenLifetime.isLive(token, stored), absent);
      const outcome = await store.redeemToken(token.id, asIndexed(stored, tenant), changeOf(stored), passwordHash);
      assertThat(outcome !== 'tokenGone', absent);
      return outcome === 'overtaken' ? undefined : outcome;
    },
    absent,
  );
}
