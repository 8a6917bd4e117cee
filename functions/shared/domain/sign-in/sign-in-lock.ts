import { setting } from '../../config/configuration.ts';
import type { Credentials } from './credentials.ts';

/** How many failed sign-ins in a row lock a profile (contract 6.5). */
const lockAfter = (): number => setting('delayThreshold') + setting('lockThreshold');

/** A lock that began at this time or before is over. */
const unlockedSinceMs = () => Date.now() - setting('lockMinutes') * 60_000;

/** Locked for a time after the last counted failure; the counter itself stays, so that the next failure locks again at once. */
export const isLocked = ({ failedLoginAttempts, lastFailedLoginMs }: Credentials): boolean =>
  failedLoginAttempts > 0 && lastFailedLoginMs !== undefined && lastFailedLoginMs > unlockedSinceMs();

interface FailureStore {
  countFailedLogin(
    profileId: string,
    failure: { attemptsRead: number; lockAfter: number; atMs: number },
  ): Promise<void>;
}

/** Counts a wrong password against the profile. */
export const countFailure = (store: FailureStore, { profileId, failedLoginAttempts }: Credentials): Promise<void> =>
  store.countFailedLogin(profileId, { attemptsRead: failedLoginAttempts, lockAfter: lockAfter(), atMs: Date.now() });

interface SignInStore {
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
  credentials: Credentials,
  rehashed: string | undefined,
): Promise<boolean> {
  if (credentials.failedLoginAttempts > 0 || rehashed !== undefined)
    return store.recordLogin(credentials, { rehashed, unlockedSinceMs: unlockedSinceMs() });
  const now = await store.findCredentials(credentials.profileId);
  return now?.credentialEpoch === credentials.credentialEpoch && !isLocked(now);
}
