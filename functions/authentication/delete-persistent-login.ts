import { findOpen } from '../shared/domain/session/lifetime.ts';
import { persistentLoginLifetime } from '../shared/domain/session/persistent-login.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deletePersistentLogin, findPersistentLogin } from '../shared/repositories/persistent-logins.ts';

/** A login that is gone already is no error. */
export const contract = contractOf({
  operationId: 'deletePersistentLogin',
  summary: 'Delete a persistent login',
  section: '5.56',
  method: 'POST',
  path: '/authentication/persistent_login/{id}/delete',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the persistent login') },
  response: EMPTY,
  errors: ['actionDenied'],
  settings: ['persistentLoginAgeSeconds'],
});

export const dependencies = { findPersistentLogin, deletePersistentLogin };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const lookUp = deps.findPersistentLogin(parameters.id);
  const open = await findOpen(persistentLoginLifetime, settings.persistentLoginAgeSeconds, caller, lookUp);
  if (open) await deps.deletePersistentLogin(open.bound.id);
}

export const handler = endpoint(contract, handle, dependencies);
