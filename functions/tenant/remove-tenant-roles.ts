import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/** Roles go from every profile, even those that were not available roles. */
export const contract = contractOf({
  operationId: 'removeTenantRoles',
  summary: 'Remove roles from a tenant and all its profiles',
  section: '5.13',
  method: 'POST',
  path: '/tenant/{name}/roles/remove',
  authorisation: 'accessToken',
  parameters: {
    name: pathText('Name of the tenant'),
    role: list('Names of the roles'),
  },
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant, updateTenantAndSweep };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const tenant = await changeTenant(deps, caller, parameters.name, ({ availableRoles }) => ({
    availableRoles: availableRoles.filter((role) => !parameters.role.includes(role)),
    removeRoles: parameters.role,
  }));
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
