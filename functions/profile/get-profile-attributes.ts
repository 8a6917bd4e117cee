import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { attributesResource, presentTo } from '../shared/http/resources/profile.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfileAttributes',
  summary: 'Read the attributes of a profile',
  section: '5.24',
  method: 'GET',
  path: '/profile/{id}/attributes',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile'), attributesToReturn },
  response: attributesResource,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  return presentTo(loaded, parameters.attributesToReturn).attributes;
}

export const handler = endpoint(contract, handle, dependencies);
