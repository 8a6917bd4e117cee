import { randomUUID } from 'node:crypto';
import { setting } from '../../config/configuration.ts';
import { assertThat, noSuchPersistentLogin } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo, isLiveSession } from './epochs.ts';

/** Contract 2.5. */
export interface PersistentLogin extends BoundToProfile {
  readonly id: string;
  readonly token: string;
  readonly timestampMs: number;
}

/** A new remember-me login of the profile (contract 2.5). */
export const newPersistentLogin = (profile: Profile): PersistentLogin => ({
  id: randomUUID(),
  ...boundTo(profile),
  token: randomUUID(),
  timestampMs: Date.now(),
});

/** Whether its time is over: the store may keep it for a while after that (contract 6.10). */
export const isLoginExpired = (login: PersistentLogin): boolean =>
  Date.now() >= login.timestampMs + setting('persistentLoginAgeSeconds') * 1000;

/** How a persistent login and its profile are found. */
export interface PersistentLoginSource extends ProfileSource {
  findPersistentLogin(id: string): Promise<PersistentLogin | undefined>;
}

/**
 * The live login: 404 `NO_SUCH_PERSISTENT_LOGIN` where it is unknown, expired or of a profile that is absent, disabled or has a new password;
 * 403 without `MANAGE_TICKETS` on its tenant.
 */
export async function loadPersistentLogin(
  source: PersistentLoginSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
): Promise<LoadedProfile & { login: PersistentLogin }> {
  const absent = () => noSuchPersistentLogin(id);
  const [caller, login] = await Promise.all([callerOnItsWay, source.findPersistentLogin(id)]);
  assertThat(login && !isLoginExpired(login), absent);
  requireOnTenant(caller, login.tenant, 'MANAGE_TICKETS');
  const found = await findPresent(source, login.profileId, login.tenant);
  assertThat(found && isLiveSession(login, found.profile), absent);
  return { caller, login, ...found };
}
