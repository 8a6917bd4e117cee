import { assertThat, disabledProfile } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { loadProfile, type ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';

/**
 * The profile that is signed in without a password (contract 5.50, 5.53): LOAD, then 403 without `MANAGE_TICKETS` on its tenant, then 403
 * `DISABLED_PROFILE`.
 */
export async function loadForSignIn(
  source: ProfileSource,
  callerOnItsWay: Promise<AccessToken>,
  profileId: string,
): Promise<Profile> {
  const { caller, profile } = await loadProfile(source, callerOnItsWay, profileId);
  requireOnTenant(caller, profile.tenant, 'MANAGE_TICKETS');
  assertThat(profile.enabled, () => disabledProfile(profile.id, profile.tenant));
  return profile;
}
