import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { changeProfile } from '../shared/domain/profile/write-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { settleProfile, updateProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'addProfileRoles',
  summary: 'Give roles to a profile',
  section: '5.22',
  method: 'POST',
  path: '/profile/{id}/roles/add',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    role: list('Names of the roles; they need not be available roles of the tenant'),
    attributesToReturn,
  },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  const changed = await changeProfile(deps, loaded, () => ({
    roles: { add: parameters.role },
    atMs: Date.now(),
  }));
  return presentTo(changed, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
