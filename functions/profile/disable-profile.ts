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

/** Switches a profile off: its tickets and persistent logins are dead at once and stay dead (contract 9.1 #10). */
export const contract = contractOf({
  operationId: 'disableProfile',
  summary: 'Disable a profile',
  section: '5.21',
  method: 'POST',
  path: '/profile/{id}/disable',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile'), attributesToReturn },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied'],
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  const disabled = await changeProfile(deps, loaded, () => ({ enabled: false, atMs: Date.now() }));
  return presentTo(disabled, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
