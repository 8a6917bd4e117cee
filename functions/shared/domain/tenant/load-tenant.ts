import { assertThat, noSuchTenant } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import type { Tenant } from './tenant.ts';

/** How a tenant is found. */
export interface TenantSource {
  findTenant(name: string): Promise<Tenant | undefined>;
}

/** The order of TENANT(name) (contract 5): 403 without `READ_TENANT`, then 404 `NO_SUCH_TENANT`. */
export function requireTenant(caller: AccessToken, name: string, tenant: Tenant | undefined): Tenant {
  requireOnTenant(caller, name, 'READ_TENANT');
  assertThat(tenant, () => noSuchTenant(name));
  return tenant;
}

/** The caller and what is found under the name, read side by side; nothing is checked yet. */
export async function findTenantFor(
  { findTenant }: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  name: string,
): Promise<{ caller: AccessToken; found: Tenant | undefined }> {
  const [caller, found] = await Promise.all([callerOnItsWay, findTenant(name)]);
  return { caller, found };
}

/** The steps of TENANT(name). */
export async function loadTenant(
  source: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  name: string,
): Promise<{ caller: AccessToken; tenant: Tenant }> {
  const { caller, found } = await findTenantFor(source, callerOnItsWay, name);
  return { caller, tenant: requireTenant(caller, name, found) };
}
