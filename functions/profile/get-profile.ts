import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfile',
  summary: 'Read a profile by its id',
  section: '5.29',
  method: 'GET',
  path: '/profile/{id}',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile'), attributesToReturn },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied'],
  absent: 'noSuchProfile',
});

export const dependencies = { findProfile, findTenant };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  return presentTo(loaded, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
