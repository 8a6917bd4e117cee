import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { settledFor } from '../shared/domain/profile/load-profile.ts';
import { stillCalled } from '../shared/domain/profile/username.ts';
import { assertThat, noSuchProfile } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findUsername } from '../shared/repositories/usernames.ts';

export const contract = contractOf({
  operationId: 'getProfileByUsername',
  summary: 'Read a profile by its username',
  section: '5.30',
  method: 'GET',
  path: '/profile/by_username',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    username: text('Username, case-sensitive'),
    attributesToReturn,
  },
  response: profileResource,
  errors: ['actionDenied', 'noSuchProfile'],
  absent: 'noSuchProfile',
});

export const dependencies = { findTenant, findUsername, findProfile };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const { tenantName, username } = parameters;
  const [accessToken, tenant, login] = await Promise.all([
    caller,
    deps.findTenant(tenantName),
    deps.findUsername(tenantName, username),
  ]);
  requireOnTenant(accessToken, tenantName, 'MANAGE_PROFILES');
  const stored = login && login.tenantId === tenant?.id ? await deps.findProfile(login.profileId) : undefined;
  const found = settledFor(stillCalled(stored, username), tenant);
  assertThat(found, () => noSuchProfile(`with username "${username}" in tenant "${tenantName}"`));
  requireOnTenant(accessToken, tenantName, 'READ_TENANT');
  return presentTo({ caller: accessToken, ...found }, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
