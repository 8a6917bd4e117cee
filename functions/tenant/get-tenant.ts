import { loadTenant } from '../shared/domain/tenant/load-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getTenant',
  summary: 'Read a tenant',
  section: '5.6',
  method: 'GET',
  path: '/tenant/{name}',
  authorisation: 'accessToken',
  parameters: { name: pathText('Name of the tenant') },
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
  absent: 'noSuchTenant',
});

export const dependencies = { findTenant };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { tenant } = await loadTenant(deps, caller, parameters.name);
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
