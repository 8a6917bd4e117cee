import { type ApiError, disabledProfile, unverifiedProfile } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import { waitsForMail } from '../profile/waits-for-mail.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Credentials } from './credentials.ts';
import {
  confirmSignIn,
  countFailure,
  type FailureStore,
  isLocked,
  type LockPolicy,
  type SignInStore,
} from './sign-in-lock.ts';
import { type ForeignHashes, verifyAlike } from './verify-password.ts';

interface DisabledStore extends FailureStore, SignInStore {
  countForNobody(): Promise<void>;
}

interface DisabledSignIn {
  readonly profile: Profile;
  readonly tenant: Tenant;
  readonly credentials: Credentials;
  readonly password: string;
  /** What the tenant has of other identity stores. */
  readonly foreign: ForeignHashes;
}

/**
 * The 403 `DISABLED_PROFILE` of a sign-in to a disabled profile (contract 5.49). Only whoever has the password of a profile that waits for its mail is
 * told so: wrong ones count as ever, or the text would be a way to guess, and every disabled profile costs the same calls and the same work.
 */
export async function refusalOfDisabled(
  store: DisabledStore,
  policy: LockPolicy,
  { profile, tenant, credentials, password, foreign }: DisabledSignIn,
): Promise<ApiError> {
  const right = await verifyAlike(password, credentials.passwordHash, foreign);
  const refusal = disabledProfile(profile.id, profile.tenant);
  if (!tenant.verifyNewProfiles || !waitsForMail(profile) || isLocked(policy, credentials)) {
    await store.countForNobody();
    return refusal;
  }
  if (!right) {
    await countFailure(store, policy, credentials);
    return refusal;
  }
  const confirmed = await confirmSignIn(store, policy, credentials, undefined);
  return confirmed ? unverifiedProfile(profile.id, profile.tenant) : refusal;
}
