import * as z from 'zod/mini';
import { requireGlobally } from '../shared/domain/access/permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { listTenants } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getAllTenants',
  summary: 'List all tenants',
  section: '5.10',
  method: 'GET',
  path: '/tenant/all',
  authorisation: 'accessToken',
  parameters: {},
  response: z.array(tenantResource),
  errors: ['actionDenied'],
  settings: ['wireLine'],
});

export const dependencies = { listTenants };

export async function handle(deps: typeof dependencies, { caller, settings }: RequestOf<typeof contract>) {
  const [accessToken, tenants] = await Promise.all([caller, deps.listTenants()]);
  requireGlobally(accessToken, 'READ_TENANT');
  return tenants.map((tenant) => presentTenant(tenant, settings.wireLine));
}

export const handler = endpoint(contract, handle, dependencies);
