import { count } from '../shared/config/metrics.ts';
import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { hashPassword } from '../shared/domain/sign-in/password-hash.ts';
import { redeem } from '../shared/domain/verification-token/redeem.ts';
import { loadVerification } from '../shared/domain/verification-token/verification-token.ts';
import { assertThat, invalidRequest } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { redeemToken } from '../shared/repositories/identities.ts';
import { settleProfile } from '../shared/repositories/profile-writes.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findVerificationToken } from '../shared/repositories/verification-tokens.ts';

/** Redeems a token for a new password, which ends every session and token of the profile (contract 9.1 #50). */
export const contract = contractOf({
  operationId: 'changePassword',
  summary: 'Set a new password with a verification token',
  section: '5.41',
  method: 'POST',
  path: '/profile/change_password',
  authorisation: 'accessToken',
  parameters: {
    resetTokenId: text('Id of the verification token'),
    newPassword: text('The new password, not empty'),
    attributesToReturn,
  },
  response: profileResource,
  errors: ['noSuchVerificationToken', 'actionDenied'],
  settings: ['verificationTokenAgeSeconds'],
  hashesPasswords: true,
});

export const dependencies = { findProfile, findTenant, findVerificationToken, settleProfile, redeemToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const loaded = await loadVerification(deps, caller, parameters.resetTokenId, {
    ageSeconds: settings.verificationTokenAgeSeconds,
    purpose: 'changePassword',
  });
  requireOnTenant(loaded.caller, loaded.tenant.name, 'READ_TENANT');
  assertThat(parameters.newPassword !== '', () => invalidRequest('Parameter "newPassword" is empty'));
  const passwordHash = await hashPassword(parameters.newPassword);
  const changed = await redeem(deps, loaded, () => ({ atMs: Date.now() }), passwordHash);
  count('ResetDone');
  return presentTo(changed, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
