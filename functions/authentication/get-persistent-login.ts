import { loadPersistentLogin } from '../shared/domain/session/persistent-login.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { persistentLoginResource, presentPersistentLogin } from '../shared/http/resources/persistent-login.ts';
import { findPersistentLogin } from '../shared/repositories/persistent-logins.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** The caller compares profile and token with those of the user itself. */
export const contract = contractOf({
  operationId: 'getPersistentLogin',
  summary: 'Read a persistent login',
  section: '5.54',
  method: 'GET',
  path: '/authentication/persistent_login/{id}',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the persistent login') },
  response: persistentLoginResource,
  errors: ['noSuchPersistentLogin', 'actionDenied'],
  absent: 'noSuchPersistentLogin',
  settings: ['persistentLoginAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findPersistentLogin };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { login } = await loadPersistentLogin(deps, caller, parameters.id, settings.persistentLoginAgeSeconds);
  return presentPersistentLogin(login);
}

export const handler = endpoint(contract, handle, dependencies);
