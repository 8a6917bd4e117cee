import * as z from 'zod/mini';
import type { PersistentLogin } from '../../domain/session/persistent-login.ts';
import { dateMs } from './date.ts';

/** Contract 2.5. */
export const persistentLoginResource = z.object({
  id: z.string(),
  tenant: z.string(),
  profileId: z.string(),
  token: z.string(),
  timestamp: dateMs,
});

export const presentPersistentLogin = (login: PersistentLogin): z.input<typeof persistentLoginResource> => ({
  id: login.id,
  tenant: login.tenant,
  profileId: login.profileId,
  token: login.token,
  timestamp: login.timestampMs,
});
