import * as z from 'zod/mini';
import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { requireTime } from '../shared/domain/profile-list/read-limit.ts';
import { findTenantFor } from '../shared/domain/tenant/load-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { countByTenant } from '../shared/repositories/profile-lists.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'countProfiles',
  summary: 'Count the profiles of a tenant',
  section: '5.32',
  method: 'GET',
  path: '/profile/count',
  authorisation: 'accessToken',
  parameters: { tenantName: text('Name of the tenant') },
  response: z.int(),
  errors: ['actionDenied'],
});

export const dependencies = { findTenant, countByTenant };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { tenantName } = request.parameters;
  const { caller, found } = await findTenantFor(deps, request.caller, tenantName);
  requireOnTenant(caller, tenantName, 'MANAGE_PROFILES');
  if (found === undefined) return 0;
  let count = 0;
  for await (const page of deps.countByTenant(found.id)) {
    requireTime();
    count += page;
  }
  return count;
}

export const handler = endpoint(contract, handle, dependencies);
