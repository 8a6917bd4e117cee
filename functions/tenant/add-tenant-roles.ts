import { editTenant } from '../shared/domain/tenant/change-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'addTenantRoles',
  summary: 'Add available roles to a tenant',
  section: '5.12',
  method: 'POST',
  path: '/tenant/{name}/roles/add',
  authorisation: 'accessToken',
  parameters: {
    name: pathText('Name of the tenant'),
    role: list('Names of the roles'),
  },
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const tenant = await editTenant(deps, caller, parameters.name, ({ availableRoles }) => ({
    availableRoles: [...new Set([...availableRoles, ...parameters.role])],
  }));
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
