import { loadVerification } from '../shared/domain/verification-token/verification-token.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentVerificationToken, verificationTokenResource } from '../shared/http/resources/verification-token.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findVerificationToken } from '../shared/repositories/verification-tokens.ts';

/** Looks without consuming or prolonging. */
export const contract = contractOf({
  operationId: 'getVerificationToken',
  summary: 'Read a verification token',
  section: '5.43',
  method: 'GET',
  path: '/profile/verification_token/{id}',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the verification token') },
  response: verificationTokenResource,
  errors: ['noSuchVerificationToken', 'actionDenied'],
  absent: 'noSuchVerificationToken',
  settings: ['verificationTokenAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findVerificationToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const ageSeconds = settings.verificationTokenAgeSeconds;
  const { token } = await loadVerification(deps, caller, parameters.id, { ageSeconds });
  return presentVerificationToken(token);
}

export const handler = endpoint(contract, handle, dependencies);
