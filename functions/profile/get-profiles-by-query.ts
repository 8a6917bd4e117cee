import { findMatches, openQuery } from '../shared/domain/profile-list/by-query.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { openPage, pageAnswer, turning } from '../shared/http/list-pages.ts';
import { attributesToReturn, paging, sorting, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { profileListResource } from '../shared/http/resources/profile.ts';
import { querySource } from '../shared/repositories/query-source.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfilesByQuery',
  summary: 'List the profiles that a query finds',
  section: '5.34',
  method: 'GET',
  path: '/profile/by_query',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    query: text('Filter document, for example {roles: "EDITOR"} (6.7)'),
    ...sorting,
    ...paging,
    ...turning,
    attributesToReturn,
  },
  response: profileListResource,
  errors: ['actionDenied', 'noSuchTenant', 'invalidQuery'],
  readsManyProfiles: true,
});

export const dependencies = { findTenant, ...querySource };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const asked = await openQuery(deps, caller, parameters);
  const { tenantName, query } = parameters;
  const paging = openPage(request, asked.reader.caller, [contract.operationId, tenantName, query]);
  return pageAnswer(request, paging, await findMatches(deps, asked, { ...parameters, ...paging }, paging.window));
}

export const handler = endpoint(contract, handle, dependencies);
