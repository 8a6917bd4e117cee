import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { newVerificationToken } from '../shared/domain/verification-token/verification-token.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentVerificationToken, verificationTokenResource } from '../shared/http/resources/verification-token.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { createVerificationToken } from '../shared/repositories/verification-tokens.ts';

/** A token that an application hands to its user, for verify or change_password. */
export const contract = contractOf({
  operationId: 'createVerificationToken',
  summary: 'Create a verification token for a profile',
  section: '5.42',
  method: 'POST',
  path: '/profile/{id}/verification_token/create',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the profile') },
  response: verificationTokenResource,
  errors: ['noSuchProfile', 'actionDenied'],
  settings: ['verificationTokenAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, createVerificationToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { profile } = await loadProfile(deps, caller, parameters.id);
  const token = newVerificationToken(profile, ['verify', 'changePassword']);
  await deps.createVerificationToken(token, settings.verificationTokenAgeSeconds);
  return presentVerificationToken(token);
}

export const handler = endpoint(contract, handle, dependencies);
