import { requireFewNames } from '../shared/domain/profile/attributes.ts';
import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { changeProfile, plannedFor } from '../shared/domain/profile/write-profile.ts';
import { requireOnAttributes } from '../shared/domain/tenant/attribute-permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { settleProfile, updateProfile } from '../shared/repositories/profile-writes.ts';
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
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const names = [...new Set(parameters.attributeName)];
  requireFewNames(names);
  const loaded = await loadProfile(deps, caller, parameters.id);
  const plan = plannedFor(loaded.tenant, (tenant) => {
    requireOnAttributes(loaded.caller, tenant, names, 'REMOVE_ATTRIBUTE');
    return { attributes: { remove: names }, atMs: Date.now() };
  });
  const changed = await changeProfile(deps, loaded, plan);
  return presentTo(changed, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
