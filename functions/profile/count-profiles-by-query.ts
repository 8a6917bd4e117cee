import * as z from 'zod/mini';
import { countMatches, openQuery } from '../shared/domain/profile-list/by-query.ts';
import { contractOf, Headed } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { explained, explaining } from '../shared/http/list-pages.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { querySource } from '../shared/repositories/query-source.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'countProfilesByQuery',
  summary: 'Count the profiles that a query finds',
  section: '5.33',
  method: 'GET',
  path: '/profile/count_by_query',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    query: text('Filter document, for example {roles: "EDITOR"} (6.7)'),
    ...explaining,
  },
  response: z.int(),
  errors: ['actionDenied', 'noSuchTenant', 'invalidQuery'],
  readsManyProfiles: true,
});

export const dependencies = { findTenant, ...querySource };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const { count, plan } = await countMatches(deps, await openQuery(deps, caller, parameters));
  return new Headed(count, explained(request, plan));
}

export const handler = endpoint(contract, handle, dependencies);
