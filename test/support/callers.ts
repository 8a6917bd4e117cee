import type { LocalApi } from './local-api.ts';

/** The id of an access token that may do just this, on the tenant `default` only. */
export async function tokenThatMay(api: LocalApi, ...allowedActions: readonly string[]): Promise<string> {
  const id = `only ${allowedActions}`;
  await api.seedAccessToken({ id, tenantPermissions: [{ tenant: 'default', allowedActions }] });
  return id;
}

/** The id of an access token that may do anything, but on another tenant. */
export async function tokenOfElsewhere(api: LocalApi): Promise<string> {
  const id = 'elsewhere';
  await api.seedAccessToken({ id, tenantPermissions: [{ tenant: 'other', allowedActions: ['*'] }] });
  return id;
}

/** The error that a missing permission on the tenant `default` is answered with. */
export const denied = (action: string) => ({
  errorCode: 'ACTION_DENIED',
  message: `Action ${action} denied on tenant "default"`,
});
