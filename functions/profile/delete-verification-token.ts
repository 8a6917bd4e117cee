import { findOpen } from '../shared/domain/session/lifetime.ts';
import { verificationTokenLifetime } from '../shared/domain/verification-token/verification-token.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deleteVerificationToken, findVerificationToken } from '../shared/repositories/verification-tokens.ts';

/** A token that is gone already is no error. */
export const contract = contractOf({
  operationId: 'deleteVerificationToken',
  summary: 'Delete a verification token',
  section: '5.44',
  method: 'POST',
  path: '/profile/verification_token/{id}/delete',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the verification token') },
  response: EMPTY,
  errors: ['actionDenied'],
  settings: ['verificationTokenAgeSeconds'],
});

export const dependencies = { findVerificationToken, deleteVerificationToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const lookUp = deps.findVerificationToken(parameters.id);
  const open = await findOpen(verificationTokenLifetime, settings.verificationTokenAgeSeconds, caller, lookUp);
  if (open) await deps.deleteVerificationToken(open.bound.id);
}

export const handler = endpoint(contract, handle, dependencies);
