import { findMatches, openQuery } from '../shared/domain/profile-list/by-query.ts';
import { windowOf } from '../shared/domain/profile-list/window.ts';
import { assertThat, noSuchProfile } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentProfile, profileResource } from '../shared/http/resources/profile.ts';
import { listIdsByCreation, listIdsByEmail, listUsernames } from '../shared/repositories/profile-lists.ts';
import { findProfiles } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findUsername } from '../shared/repositories/usernames.ts';

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
    attributesToReturn,
  },
  response: profileResource,
  errors: ['actionDenied', 'noSuchTenant', 'invalidQuery', 'noSuchProfile'],
  absent: 'noSuchProfile',
  readsManyProfiles: true,
});

export const dependencies = {
  findTenant,
  findUsername,
  findProfiles,
  listIdsByCreation,
  listIdsByEmail,
  listUsernames,
};

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const { tenantName, query, attributesToReturn } = parameters;
  const asked = await openQuery(deps, caller, parameters);
  const [first] = await findMatches(deps, asked, { attributesToReturn }, windowOf({ count: 1 }));
  assertThat(first, () => noSuchProfile(`by query "${query}" in tenant "${tenantName}"`));
  return presentProfile(first);
}

export const handler = endpoint(contract, handle, dependencies);
