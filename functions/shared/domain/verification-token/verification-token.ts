import { randomUUID } from 'node:crypto';
import { setting } from '../../config/configuration.ts';
import { assertThat, noSuchVerificationToken } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo } from '../session/epochs.ts';

/** A call that a verification token can serve. */
export type TokenPurpose = 'verify' | 'changePassword';

/** Contract 2.6, and which calls it serves (9.1 #6). */
export interface VerificationToken extends BoundToProfile {
  readonly id: string;
  readonly timestampMs: number;
  readonly purposes: readonly TokenPurpose[];
}

/** A new token of the profile for these purposes (contract 9.1 #6). */
export const newVerificationToken = (profile: Profile, purposes: readonly TokenPurpose[]): VerificationToken => ({
  id: randomUUID(),
  ...boundTo(profile),
  timestampMs: Date.now(),
  purposes,
});

/** Whether its time is over: the store may keep it for a while after that (contract 6.10). */
export const isTokenExpired = (token: VerificationToken): boolean =>
  Date.now() >= token.timestampMs + setting('verificationTokenAgeSeconds') * 1000;

/** How a verification token and its profile are found. */
export interface TokenSource extends ProfileSource {
  findVerificationToken(id: string): Promise<VerificationToken | undefined>;
}

/**
 * The live token and the profile that it stands for: 404 `NO_SUCH_VERIFICATION_TOKEN` where it is unknown, expired, made for another purpose,
 * of an absent profile or of an earlier password; then the 403s of the token's tenant.
 */
export async function loadVerification(
  source: TokenSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
  purpose?: TokenPurpose,
): Promise<LoadedProfile & { token: VerificationToken }> {
  const absent = () => noSuchVerificationToken(id);
  const [caller, token] = await Promise.all([callerOnItsWay, source.findVerificationToken(id)]);
  assertThat(token && !isTokenExpired(token), absent);
  assertThat(purpose === undefined || token.purposes.includes(purpose), absent);
  requireOnTenant(caller, token.tenant, 'MANAGE_PROFILES');
  const found = await findPresent(source, token.profileId, token.tenant);
  assertThat(found && found.profile.credentialEpoch === token.credentialEpoch, absent);
  return { caller, token, ...found };
}
