import { loadForSignIn } from '../shared/domain/session/load-for-sign-in.ts';
import { newPersistentLogin } from '../shared/domain/session/persistent-login.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { persistentLoginResource, presentPersistentLogin } from '../shared/http/resources/persistent-login.ts';
import { createPersistentLogin } from '../shared/repositories/persistent-logins.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Lets an application remember a user beyond the life of a ticket. */
export const contract = contractOf({
  operationId: 'createPersistentLogin',
  summary: 'Create a persistent login for a profile',
  section: '5.53',
  method: 'POST',
  path: '/authentication/persistent_login/create',
  authorisation: 'accessToken',
  parameters: { profileId: text('Id of the profile') },
  response: persistentLoginResource,
  errors: ['noSuchProfile', 'actionDenied', 'disabledProfile'],
  settings: ['persistentLoginAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, createPersistentLogin };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const profile = await loadForSignIn(deps, caller, parameters.profileId);
  const login = newPersistentLogin(profile);
  await deps.createPersistentLogin(login, settings.persistentLoginAgeSeconds);
  return presentPersistentLogin(login);
}

export const handler = endpoint(contract, handle, dependencies);
