import { hasExpired, newAccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { newTenant } from '../../functions/shared/domain/tenant/tenant.ts';
import {
  createAccessToken,
  deleteAccessToken,
  findAccessToken,
  listAccessTokens,
} from '../../functions/shared/repositories/access-tokens.ts';
import { createTenant, deleteTenant, findTenant } from '../../functions/shared/repositories/tenants.ts';
import type { Story } from './story.ts';

/** Whose tokens these are: nobody else's may be called so. */
const APPLICATION = 'smoke-test';
/** Should this process be killed, nobody gets in for longer. */
const VALID_MS = 15 * 60_000;

/** An access token and the one tenant that it is for. */
type Guest = Pick<Story, 'accessTokenId' | 'tenant'>;

/** Makes them, with the rights of whoever has called the command. */
export async function admit({ accessTokenId, tenant, role }: Story): Promise<void> {
  const nowMs = Date.now();
  const wanted = { application: APPLICATION, master: false, expiresOn: nowMs + VALID_MS };
  const tenantPermissions = [{ tenant, allowedActions: ['*'] }];
  // First the token: by that whatever a killed process has left is found.
  await createAccessToken(newAccessToken({ ...wanted, tenantPermissions }, accessTokenId));
  const permissions = [{ application: APPLICATION, allowedActions: ['*'] }];
  const city = { name: 'city', metadata: { indexed: true }, defaultValue: null, permissions };
  const flags = { verifyNewProfiles: false, ssoEnabled: false };
  await createTenant(
    newTenant({ name: tenant, ...flags, availableRoles: [role], attributeDefinitions: [city] }, nowMs),
  );
}

/** Takes both out, with all profiles, as far as they are there; the worker does the rest in the tables. */
export async function dismiss({ accessTokenId, tenant }: Guest): Promise<void> {
  // False where it was changed meanwhile: then once more.
  for (let found = await findTenant(tenant); found !== undefined; found = await findTenant(tenant))
    await deleteTenant(found, Date.now());
  await deleteAccessToken(accessTokenId);
}

/** Whether neither is there. */
export async function isDismissed({ accessTokenId, tenant }: Guest): Promise<boolean> {
  const found = await Promise.all([findAccessToken(accessTokenId), findTenant(tenant)]);
  return found.every((one) => one === undefined);
}

/** Takes out what killed processes have left, once its time is over; answers how many guests that were. */
export async function dismissForgotten(nowMs: number): Promise<number> {
  const tokens = await listAccessTokens();
  const forgotten = tokens.filter((token) => token.application === APPLICATION && hasExpired(token, nowMs));
  for (const { id, tenantPermissions } of forgotten)
    for (const { tenant } of tenantPermissions) await dismiss({ accessTokenId: id, tenant });
  return forgotten.length;
}
