import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { redeem } from '../shared/domain/verification-token/redeem.ts';
import { loadVerification } from '../shared/domain/verification-token/verification-token.ts';
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

/** Redeems a verification token: the address is the user's, the profile opens. */
export const contract = contractOf({
  operationId: 'verifyProfile',
  summary: 'Verify a profile with a verification token',
  section: '5.19',
  method: 'POST',
  path: '/profile/verify',
  authorisation: 'accessToken',
  parameters: { verificationTokenId: text('Id of the verification token'), attributesToReturn },
  response: profileResource,
  errors: ['noSuchVerificationToken', 'actionDenied'],
  settings: ['verificationTokenAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findVerificationToken, settleProfile, redeemToken };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const loaded = await loadVerification(deps, caller, parameters.verificationTokenId, {
    ageSeconds: settings.verificationTokenAgeSeconds,
    purpose: 'verify',
  });
  const { token } = loaded;
  requireOnTenant(loaded.caller, token.tenant, 'READ_TENANT');
  const verified = await redeem(deps, loaded, (profile) => ({
    verified: true,
    // Switched off by an administrator after the token was made: it stays off (contract 9.1 #7).
    ...(profile.disableEpoch === token.disableEpoch ? { enabled: true } : {}),
    atMs: Date.now(),
  }));
  return presentTo(verified, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
