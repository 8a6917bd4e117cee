import * as z from 'zod/mini';
import { requireGlobally } from '../shared/domain/access/permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { countTenants } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'countTenants',
  summary: 'Count all tenants',
  section: '5.9',
  method: 'GET',
  path: '/tenant/count',
  authorisation: 'accessToken',
  parameters: {},
  response: z.int(),
  errors: ['actionDenied'],
});

export const dependencies = { countTenants };

export async function handle(deps: typeof dependencies, { caller }: RequestOf<typeof contract>) {
  const [accessToken, count] = await Promise.all([caller, deps.countTenants()]);
  requireGlobally(accessToken, 'READ_TENANT');
  return count;
}

export const handler = endpoint(contract, handle, dependencies);
