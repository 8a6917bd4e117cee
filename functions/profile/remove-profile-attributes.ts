import { requireFewNames } from '../shared/domain/profile/attributes.ts';
import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { changeProfile } from '../shared/domain/profile/write-profile.ts';
import { requireOnAttributes } from '../shared/domain/tenant/attribute-permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { updateProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'removeProfileAttributes',
  summary: 'Remove attributes of a profile',
  section: '5.26',
  method: 'POST',
  path: '/profile/{id}/attributes/remove',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    attributeName: list('Names of the attributes'),
    attributesToReturn,
  },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied', 'attributeNotDefined'],
  tables: { profiles: 'readWrite' },
});

const dependencies = { findProfile, findTenant, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const removeAttributes = [...new Set(parameters.attributeName)];
  requireFewNames(removeAttributes);
  const loaded = await loadProfile(deps, caller, parameters.id);
  requireOnAttributes(loaded.caller, loaded.tenant, removeAttributes, 'REMOVE_ATTRIBUTE');
  const changed = await changeProfile(deps, loaded, (tenant) => {
    requireOnAttributes(loaded.caller, tenant, removeAttributes, 'REMOVE_ATTRIBUTE');
    return { removeAttributes, lastModifiedMs: Date.now() };
  });
  return presentTo(changed, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
