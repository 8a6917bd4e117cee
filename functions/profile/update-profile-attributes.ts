import { attributesOf, storable } from '../shared/domain/profile/attributes.ts';
import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { changeProfile, plannedFor } from '../shared/domain/profile/write-profile.ts';
import { requireOnAttributes } from '../shared/domain/tenant/attribute-permissions.ts';
import { jsonObject } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { settleProfile, updateProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'updateProfileAttributes',
  summary: 'Set attributes of a profile',
  section: '5.25',
  method: 'POST',
  path: '/profile/{id}/attributes/update',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile'), attributesToReturn },
  body: jsonObject,
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied', 'attributeNotDefined'],
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters, body }: RequestOf<typeof contract>) {
  const attributes = attributesOf(body);
  const loaded = await loadProfile(deps, caller, parameters.id);
  // No cleansing here: the social login saves everything again through this route, and escaped text would grow (contract 9.1 #27).
  const set = storable(attributes);
  const plan = plannedFor(loaded.tenant, (tenant) => {
    requireOnAttributes(loaded.caller, tenant, attributes.keys(), 'WRITE_ATTRIBUTE');
    return { attributes: { set }, atMs: Date.now() };
  });
  const changed = await changeProfile(deps, loaded, plan);
  return presentTo(changed, parameters.attributesToReturn, set.keys());
}

export const handler = endpoint(contract, handle, dependencies);
