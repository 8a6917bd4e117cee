import { assertThat, noSuchVerificationToken } from '../../errors/api-error.ts';
import type { TransactionItem, transact } from '../../repositories/dynamodb/writes.ts';
import { applyChange, type ProfileChange, profileUpdate } from '../../repositories/profile-writes.ts';
import { claimVerificationToken } from '../../repositories/verification-tokens.ts';
import type { LoadedProfile } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type ProfileStore, writeProfile } from '../profile/write-profile.ts';
import type { VerificationToken } from './verification-token.ts';

/** What a redeemed token does: the change of the profile, and what has to happen with it. */
interface TokenEffect {
  readonly change: ProfileChange;
  readonly credentials?: TransactionItem;
}

/**
 * Redeems a token: its claim and the change that it allows are one transaction, so that of any number of parallel calls exactly one succeeds
 * (contract 5.19, 5.41). 404 `NO_SUCH_VERIFICATION_TOKEN` where it is used up, or its profile gone or under a new password meanwhile.
 */
export async function changeOnToken(
  deps: ProfileStore & { transact: typeof transact },
  loaded: LoadedProfile & { readonly token: VerificationToken },
  effectOn: (profile: Profile) => TokenEffect,
): Promise<LoadedProfile> {
  const { token } = loaded;
  const absent = () => noSuchVerificationToken(token.id);
  return writeProfile(
    deps,
    loaded,
    async ({ stored }) => {
      assertThat(stored.credentialEpoch === token.credentialEpoch, absent);
      const { change, credentials } = effectOn(stored);
      const { credentialEpoch, disableEpoch } = stored;
      const failed = await deps.transact({
        token: claimVerificationToken(token.id),
        profile: { Update: profileUpdate(stored, change, { credentialEpoch, disableEpoch }) },
        ...(credentials === undefined ? {} : { credentials }),
      });
      assertThat(!failed.has('token'), absent);
      return failed.size === 0 ? applyChange(stored, change) : undefined;
    },
    absent,
  );
}
