import { everything } from '../shared/domain/profile-list/list.ts';
import { beginNow, readStored } from '../shared/domain/profile-list/read-profiles.ts';
import { showing, viewsOf } from '../shared/domain/profile-list/reader.ts';
import { sortingOf } from '../shared/domain/profile-list/sorting.ts';
import { takeSorted } from '../shared/domain/profile-list/window.ts';
import { isObjectId } from '../shared/domain/values/object-id.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, list, sorting } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentProfile, profileListResource } from '../shared/http/resources/profile.ts';
import { findProfiles } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Ids that cannot be one are skipped like unknown ones (contract 9.1 #1); the profiles may be of several tenants. */
export const contract = contractOf({
  operationId: 'getProfilesByIds',
  summary: 'List the profiles of these ids',
  section: '5.35',
  method: 'GET',
  path: '/profile/by_ids',
  authorisation: 'accessToken',
  parameters: { id: list('Ids of the profiles'), ...sorting, attributesToReturn },
  response: profileListResource,
  errors: ['actionDenied'],
  readsManyProfiles: true,
});

export const dependencies = { findTenant, findProfiles };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const ids = parameters.id.filter(isObjectId).map((id) => id.toLowerCase());
  const stored = beginNow(readStored(deps, [[...new Set(ids)]]));
  const views = viewsOf(deps, await caller, stored);
  const { compare } = sortingOf(parameters);
  const { profiles } = await takeSorted(views, everything, showing(parameters.attributesToReturn), compare);
  return profiles.map(presentProfile);
}

export const handler = endpoint(contract, handle, dependencies);
