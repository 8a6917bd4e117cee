import type { Profile } from '../profile/profile.ts';

/** The half of a profile that never leaves. */
export interface Credentials {
  readonly profileId: string;
  /** Absent: the profile has no password. */
  readonly passwordHash?: string | undefined;
  readonly credentialEpoch: number;
  readonly failedLoginAttempts: number;
  readonly lastFailedLoginMs?: number | undefined;
}

/** The credentials of a new profile; without a hash nobody can sign in to it by password. */
export const newCredentials = (profile: Profile, passwordHash: string | undefined): Credentials => ({
  profileId: profile.id,
  passwordHash,
  credentialEpoch: profile.credentialEpoch,
  failedLoginAttempts: 0,
});
