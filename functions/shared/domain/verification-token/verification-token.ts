import { randomUUID } from 'node:crypto';
import { assertThat, noSuchVerificationToken } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import type { LoadedProfile, ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo } from '../session/epochs.ts';
import { findLive, findOpen, type Lifetime } from '../session/lifetime.ts';

/** A call that a verification token can serve. */
export type TokenPurpose = 'verify' | 'changePassword';

/** Contract 2.6, and which calls it serves (9.1 #6). */
export interface VerificationToken extends BoundToProfile {
  readonly id: string;
  readonly timestampMs: number;
  readonly purposes: readonly TokenPurpose[];
  /** Of the profile when the token was mailed; absent: it was handed to an application, and follows no address. */
  readonly emailEpoch?: number | undefined;
}

/** A verification token lives from its making on; a disabled profile keeps it, a new password ends it, and a mailed one another address, too. */
export const verificationTokenLifetime: Lifetime<VerificationToken> = {
  action: 'MANAGE_PROFILES',
  sinceMs: ({ timestampMs }) => timestampMs,
  isLive: (token, profile) =>
    token.credentialEpoch === profile.credentialEpoch &&
    (token.emailEpoch === undefined || token.emailEpoch === profile.emailEpoch),
};

/** A new token of the profile for these purposes (contract 9.1 #6). */
export const newVerificationToken = (profile: Profile, purposes: readonly TokenPurpose[]): VerificationToken => ({
  id: randomUUID(),
  ...boundTo(profile),
  timestampMs: Date.now(),
  purposes,
});

/** How a verification token and its profile are found. */
export interface TokenSource extends ProfileSource {
  findVerificationToken(id: string): Promise<VerificationToken | undefined>;
}

/** One that was made for something else is as good as none. */
async function findFor(source: TokenSource, id: string, purpose: TokenPurpose | undefined) {
  const token = await source.findVerificationToken(id);
  return purpose === undefined || token?.purposes.includes(purpose) ? token : undefined;
}

/**
 * The live token and the profile that it stands for: 404 `NO_SUCH_VERIFICATION_TOKEN` where it is unknown, expired, made for another purpose,
 * of an absent profile or of an earlier password; then the 403s of the token's tenant.
 */
export async function loadVerification(
  source: TokenSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
  { ageSeconds, purpose }: { readonly ageSeconds: number; readonly purpose?: TokenPurpose },
): Promise<LoadedProfile & { token: VerificationToken }> {
  const open = await findOpen(verificationTokenLifetime, ageSeconds, callerOnItsWay, findFor(source, id, purpose));
  const live = open && (await findLive(verificationTokenLifetime, source, open));
  assertThat(live, () => noSuchVerificationToken(id));
  return { ...live, token: open.bound };
}
