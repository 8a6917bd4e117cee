import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { changeProfile } from '../shared/domain/profile/write-profile.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { settleProfile, updateProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'enableProfile',
  summary: 'Enable a profile',
  section: '5.20',
  method: 'POST',
  path: '/profile/{id}/enable',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile'), attributesToReturn },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  const enabled = await changeProfile(deps, loaded, () => ({ enabled: true, atMs: Date.now() }));
  return presentTo(enabled, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
