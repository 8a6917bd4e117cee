import { randomUUID } from 'node:crypto';
import { loadPersistentLogin } from '../shared/domain/session/persistent-login.ts';
import { assertThat, noSuchPersistentLogin } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { persistentLoginResource, presentPersistentLogin } from '../shared/http/resources/persistent-login.ts';
import { findPersistentLogin, replaceLoginToken } from '../shared/repositories/persistent-logins.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Id and timestamp stay. */
export const contract = contractOf({
  operationId: 'refreshPersistentLoginToken',
  summary: 'Give a persistent login a new token',
  section: '5.55',
  method: 'POST',
  path: '/authentication/persistent_login/{id}/refresh_token',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the persistent login') },
  response: persistentLoginResource,
  errors: ['noSuchPersistentLogin', 'actionDenied'],
  settings: ['persistentLoginAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findPersistentLogin, replaceLoginToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { login } = await loadPersistentLogin(deps, caller, parameters.id, settings.persistentLoginAgeSeconds);
  const token = randomUUID();
  const replaced = await deps.replaceLoginToken(login.id, token);
  assertThat(replaced, () => noSuchPersistentLogin(login.id));
  return presentPersistentLogin({ ...login, token });
}

export const handler = endpoint(contract, handle, dependencies);
