import { findMatches, openQuery } from '../shared/domain/profile-list/by-query.ts';
import { theFirst } from '../shared/domain/profile-list/window.ts';
import { assertThat, noSuchProfile } from '../shared/errors/api-error.ts';
import { contractOf, Headed } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { explained, explaining } from '../shared/http/list-pages.ts';
import { attributesToReturn, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentProfile, profileResource } from '../shared/http/resources/profile.ts';
import { querySource } from '../shared/repositories/query-source.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfileByQuery',
  summary: 'Read the first profile that a query finds',
  section: '5.28',
  method: 'GET',
  path: '/profile/one_by_query',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    query: text('Filter document, for example {email: "a@example.com"} (6.7)'),
    ...explaining,
    attributesToReturn,
  },
  response: profileResource,
  errors: ['actionDenied', 'noSuchTenant', 'invalidQuery', 'noSuchProfile'],
  absent: 'noSuchProfile',
  readsManyProfiles: true,
});

export const dependencies = { findTenant, ...querySource };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const { tenantName, query, attributesToReturn } = parameters;
  const asked = await openQuery(deps, caller, parameters);
  const { profiles, plan } = await findMatches(deps, asked, { attributesToReturn }, theFirst);
  const [first] = profiles;
  assertThat(first, () => noSuchProfile(`by query "${query}" in tenant "${tenantName}"`));
  return new Headed(presentProfile(first), explained(request, plan));
}

export const handler = endpoint(contract, handle, dependencies);
