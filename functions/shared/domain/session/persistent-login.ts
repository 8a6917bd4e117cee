import { randomUUID } from 'node:crypto';
import { assertThat, noSuchPersistentLogin } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import type { LoadedProfile, ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo, isLiveSession } from './epochs.ts';
import { findLive, findOpen, type Lifetime } from './lifetime.ts';

/** Contract 2.5. */
export interface PersistentLogin extends BoundToProfile {
  readonly id: string;
  readonly token: string;
  readonly timestampMs: number;
}

/** A persistent login lives from its making on, whatever it is used for. */
export const persistentLoginLifetime: Lifetime<PersistentLogin> = {
  action: 'MANAGE_TICKETS',
  sinceMs: ({ timestampMs }) => timestampMs,
  isLive: isLiveSession,
};

/** A new remember-me login of the profile (contract 2.5). */
export const newPersistentLogin = (profile: Profile): PersistentLogin => ({
  id: randomUUID(),
  ...boundTo(profile),
  token: randomUUID(),
  timestampMs: Date.now(),
});

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
  ageSeconds: number,
): Promise<LoadedProfile & { login: PersistentLogin }> {
  const open = await findOpen(persistentLoginLifetime, ageSeconds, callerOnItsWay, source.findPersistentLogin(id));
  const live = open && (await findLive(persistentLoginLifetime, source, open));
  assertThat(live, () => noSuchPersistentLogin(id));
  return { ...live, login: open.bound };
}
