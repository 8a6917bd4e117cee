import { count } from '../shared/config/metrics.ts';
import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { settledFor } from '../shared/domain/profile/load-profile.ts';
import type { Profile } from '../shared/domain/profile/profile.ts';
import { stillCalled } from '../shared/domain/profile/username.ts';
import { newTicket } from '../shared/domain/session/ticket.ts';
import { refusalOfDisabled } from '../shared/domain/sign-in/disabled-sign-in.ts';
import { renewedHash } from '../shared/domain/sign-in/password-hash.ts';
import { confirmSignIn, countFailure, isLocked, type LockPolicy } from '../shared/domain/sign-in/sign-in-lock.ts';
import { type ForeignHashes, verifyPassword } from '../shared/domain/sign-in/verify-password.ts';
import { findTenantFor, requireTenant } from '../shared/domain/tenant/load-tenant.ts';
import type { Tenant } from '../shared/domain/tenant/tenant.ts';
import { type ApiError, badCredentials, lockedProfile } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTicket, ticketResource } from '../shared/http/resources/ticket.ts';
import {
  countFailedLogin,
  countForNobody,
  findCredentials,
  findProfileWithCredentials,
  recordLogin,
} from '../shared/repositories/credentials.ts';
import { findFirebaseKeys } from '../shared/repositories/hash-notes.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { createTicket, deleteTicket } from '../shared/repositories/tickets.ts';
import { findUsername } from '../shared/repositories/usernames.ts';

/** Signs a user in with a password. An unknown user costs the same calls and the same work as a wrong password. */
export const contract = contractOf({
  operationId: 'authenticate',
  summary: 'Sign in with username and password',
  section: '5.49',
  method: 'POST',
  path: '/authentication/authenticate',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    username: text('Username'),
    password: text('Password'),
  },
  response: ticketResource,
  errors: ['actionDenied', 'badCredentials', 'disabledProfile'],
  settings: ['ticketAgeSeconds', 'lockThreshold', 'delayThreshold', 'lockMinutes', 'renewPasswordHashes'],
  hashesPasswords: true,
});

export const dependencies = {
  findTenant,
  findUsername,
  findProfileWithCredentials,
  findCredentials,
  findFirebaseKeys,
  countFailedLogin,
  countForNobody,
  recordLogin,
  createTicket,
  deleteTicket,
};

/** An id that no profile has, looked up in place of the missing one. */
const NOBODY = '000000000000000000000000';

/** A refusal of a sign-in, counted. */
function bad(refusal = badCredentials()): ApiError {
  count('SignInBad');
  return refusal;
}
function locked({ id, tenant }: Profile): ApiError {
  count('SignInLocked');
  return lockedProfile(id, tenant);
}

/** What a tenant has of other identity stores; nothing, where it does not exist. */
const foreignOf = (deps: typeof dependencies, tenant: Tenant | undefined): ForeignHashes => ({
  kinds: tenant?.foreignHashes ?? [],
  findFirebaseKeys: async () => tenant && deps.findFirebaseKeys(tenant.id),
});

/** Why there is no ticket though the password was right: somebody has locked the profile meanwhile, or changed the password. */
async function overtaken(deps: typeof dependencies, policy: LockPolicy, profile: Profile, ticketId: string) {
  const [now] = await Promise.all([deps.findCredentials(profile.id), deps.deleteTicket(ticketId)]);
  return now && isLocked(policy, now) ? locked(profile) : bad();
}

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { tenantName, username, password } = parameters;
  const [{ caller: accessToken, found: tenant }, login] = await Promise.all([
    findTenantFor(deps, caller, tenantName),
    deps.findUsername(tenantName, username),
  ]);
  requireOnTenant(accessToken, tenantName, 'MANAGE_TICKETS', 'MANAGE_PROFILES');
  const profileId = login && login.tenantId === tenant?.id ? login.profileId : NOBODY;
  const user = await deps.findProfileWithCredentials(profileId);
  const found = settledFor(stillCalled(user?.profile, username), tenant);
  const foreign = foreignOf(deps, tenant);
  if (user === undefined || found === undefined) {
    await verifyPassword(password, undefined, foreign);
    await deps.countForNobody();
    throw bad();
  }
  requireTenant(accessToken, tenantName, tenant);

  const { profile } = found;
  const { credentials } = user;
  if (!profile.enabled)
    throw bad(await refusalOfDisabled(deps, settings, { ...found, credentials, password, foreign }));
  if (isLocked(settings, credentials)) throw locked(profile);
  const hash = credentials.passwordHash;
  const isRight = await verifyPassword(password, hash, foreign);
  if (hash === undefined || !isRight) {
    await countFailure(deps, settings, credentials);
    throw bad();
  }

  // The epoch that stands beside the hash just checked: a password changed in between leaves this ticket dead.
  const ticket = newTicket({ ...profile, credentialEpoch: credentials.credentialEpoch });
  const rehashed = settings.renewPasswordHashes ? await renewedHash(password, hash) : undefined;
  const [confirmed] = await Promise.all([
    confirmSignIn(deps, settings, credentials, rehashed),
    deps.createTicket(ticket, settings.ticketAgeSeconds),
  ]);
  if (!confirmed) throw await overtaken(deps, settings, profile, ticket.id);
  count('SignInGood');
  return presentTicket(ticket);
}

export const handler = endpoint(contract, handle, dependencies);
