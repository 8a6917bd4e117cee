import { type ApiError, disabledProfile, unverifiedProfile } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import { waitsForMail } from '../profile/waits-for-mail.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Credentials } from './credentials.ts';
import { verifyNothing, verifyPassword } from './password-hash.ts';
import {
  confirmSignIn,
  countFailure,
  type FailureStore,
  isLocked,
  type LockPolicy,
  type SignInStore,
} from './sign-in-lock.ts';

interface DisabledStore extends FailureStore, SignInStore {
  countForNobody(): Promise<void>;
}

interface DisabledSignIn {
  readonly profile: Profile;
  readonly tenant: Tenant;
  readonly credentials: Credentials;
  readonly password: string;
}

async function isRight(password: string, hash: string | undefined): Promise<boolean> {
  if (hash !== undefined) return verifyPassword(password, hash);
  await verifyNothing(password);
  return false;
}

/**
 * The 403 `DISABLED_PROFILE` of a sign-in to a disabled profile (contract 5.49). Only whoever has the password of a profile that waits for its mail is
 * told so: wrong ones count as ever, or the text would be a way to guess, and every disabled profile costs the same calls and the same work.
 */
export async function refusalOfDisabled(
  store: DisabledStore,
  policy: LockPolicy,
  { profile, tenant, credentials, password }: DisabledSignIn,
): Promise<ApiError> {
  const right = await isRight(password, credentials.passwordHash);
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
