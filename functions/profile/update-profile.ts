import { parseAttributes, storable } from '../shared/domain/profile/attributes.ts';
import { changeIdentity } from '../shared/domain/profile/change-identity.ts';
import { cleansed } from '../shared/domain/profile/cleansing.ts';
import { loadForAddress } from '../shared/domain/profile/load-for-address.ts';
import { requireUsername } from '../shared/domain/profile/username.ts';
import { changeProfile, plannedFor } from '../shared/domain/profile/write-profile.ts';
import { hashPassword } from '../shared/domain/sign-in/password-hash.ts';
import { requireOnAttributes } from '../shared/domain/tenant/attribute-permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, optionalFlag, optionalList, optionalText, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { storeIdentity } from '../shared/repositories/identities.ts';
import { settleProfile, updateProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Changes what is given and leaves the rest; an empty username, password or e-mail counts as not given. */
export const contract = contractOf({
  operationId: 'updateProfile',
  summary: 'Update a profile',
  section: '5.18',
  method: 'POST',
  path: '/profile/{id}/update',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    username: optionalText('New username'),
    password: optionalText('New password; ends every session and token of the profile'),
    email: optionalText('New e-mail address'),
    enabled: optionalFlag('Whether the profile may sign in'),
    role: optionalList('Replaces all roles; present and empty: none'),
    attributes: optionalText('JSON object of attribute values, merged by name'),
    attributesToReturn,
  },
  response: profileResource,
  errors: [
    'unreadableAttributes',
    'invalidEmailAddress',
    'noSuchProfile',
    'actionDenied',
    'attributeNotDefined',
    'profileExists',
  ],
  settings: ['wireLine'],
  hashesPasswords: true,
});

export const dependencies = { findProfile, findTenant, settleProfile, updateProfile, storeIdentity };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { username, password, enabled, role } = parameters;
  const attributes = parseAttributes(parameters.attributes);
  const { loaded, email } = await loadForAddress(deps, caller, parameters.id, parameters.email);
  const given = storable(attributes);
  const plan = plannedFor(loaded.tenant, (tenant) => {
    requireOnAttributes(loaded.caller, tenant, attributes.keys(), 'WRITE_ATTRIBUTE');
    return {
      ...(email ? { email } : {}),
      ...(enabled === undefined ? {} : { enabled }),
      ...(role === undefined ? {} : { roles: { replace: role } }),
      attributes: { set: cleansed(given, tenant, settings.wireLine) },
      atMs: Date.now(),
    };
  });
  if (username) requireUsername(username);
  const renamed = username !== undefined && username !== '' && username !== loaded.profile.username;
  const changed =
    renamed || password
      ? await changeIdentity(deps, loaded, plan, {
          username: username || undefined,
          passwordHash: password ? await hashPassword(password) : undefined,
        })
      : await changeProfile(deps, loaded, plan);
  return presentTo(changed, parameters.attributesToReturn, given.keys());
}

export const handler = endpoint(contract, handle, dependencies);
