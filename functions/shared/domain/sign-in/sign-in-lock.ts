import type { Credentials } from './credentials.ts';

/** When failed sign-ins lock a profile: so many in a row before they start to count, so many beyond these, for so long (contract 6.5). */
export interface LockPolicy {
  readonly delayThreshold: number;
  readonly lockThreshold: number;
  readonly lockMinutes: number;
}

/** A lock that began at this time or before is over. */
const unlockedSinceMs = ({ lockMinutes }: LockPolicy) => Date.now() - lockMinutes * 60_000;

/** Locked for a time after the last counted failure; the counter itself stays, so that the next failure locks again at once. */
export const isLocked = (policy: LockPolicy, { failedLoginAttempts, lastFailedLoginMs }: Credentials): boolean =>
  failedLoginAttempts > 0 && lastFailedLoginMs !== undefined && lastFailedLoginMs > unlockedSinceMs(policy);

/** How failures are counted. */
export interface FailureStore {
  countFailedLogin(
    profileId: string,
    failure: { attemptsRead: number; lockAfter: number; atMs: number },
  ): Promise<void>;
}

/** Counts a wrong password against the profile. */
export const countFailure = (
  store: FailureStore,
  { delayThreshold, lockThreshold }: LockPolicy,
  { profileId, failedLoginAttempts }: Credentials,
): Promise<void> =>
  store.countFailedLogin(profileId, {
    attemptsRead: failedLoginAttempts,
    lockAfter: delayThreshold + lockThreshold,
    atMs: Date.now(),
  });

/** How a good sign-in is recorded. */
export interface SignInStore {
  findCredentials(profileId: string): Promise<Credentials | undefined>;
  recordLogin(
    credentials: Credentials,
    login: { rehashed: string | undefined; unlockedSinceMs: number },
  ): Promise<boolean>;
}

/**
 * Looks once more after the password was checked: of many guesses at once those that come after the lock get nothing, the right one neither. Clears
 * the failures and stores a renewed hash, where there are any. False where the profile is locked by now, or has another password.
 */
export async function confirmSignIn(
  store: SignInStore,
  policy: LockPolicy,
  credentials: Credentials,
  rehashed: string | undefined,
): Promise<boolean> {
  if (credentials.failedLoginAttempts > 0 || rehashed !== undefined)
    return store.recordLogin(credentials, { rehashed, unlockedSinceMs: unlockedSinceMs(policy) });
  const now = await store.findCredentials(credentials.profileId);
  return now?.credentialEpoch === credentials.credentialEpoch && !isLocked(policy, now);
}
