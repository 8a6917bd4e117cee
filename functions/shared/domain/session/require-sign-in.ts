import { assertThat, disabledProfile } from '../../errors/api-error.ts';
import { requireOnTenant } from '../access/permissions.ts';
import type { LoadedProfile } from '../profile/load-profile.ts';

/** What a sign-in without a password asks for (contract 5.50, 5.53): `MANAGE_TICKETS`, then an enabled profile. */
export function requireSignIn({ caller, profile }: LoadedProfile): void {
  requireOnTenant(caller, profile.tenant, 'MANAGE_TICKETS');
  assertThat(profile.enabled, () => disabledProfile(profile.id, profile.tenant));
}
