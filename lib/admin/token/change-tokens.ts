import { randomUUID } from 'node:crypto';
import { type AccessToken, hasExpired, newAccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import {
  createAccessToken,
  deleteAccessToken,
  replaceAccessToken,
} from '../../../functions/shared/repositories/access-tokens.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { namedToken, type TokenName } from './named-token.ts';
import { tokenName } from './shown.ts';
import { expiryOf, permissionsOf, renewedExpiry, type WantedToken } from './wanted.ts';

/** What was done: an id is for standard output, once, and nowhere else. */
export interface TokenAnswer {
  readonly id?: string;
  /** What is said beside it, a line each. */
  readonly notes: readonly string[];
}

const cachedFrom = (when: string) =>
  `Where CACHE_SECONDS is above 0, functions may take it for as long as that from ${when} on.`;
const shownOnce = 'The id of the new access token is shown once: keep it safe.';
const untilText = (timeMs: number | null) =>
  timeMs === null ? 'It does not expire.' : `It expires on ${new Date(timeMs).toISOString()}.`;

async function missingTenants(tenants: readonly string[]): Promise<readonly string[]> {
  const named = [...new Set(tenants)].filter((tenant) => tenant !== '*');
  const found = await Promise.all(named.map(async (name) => ((await findTenant(name)) === undefined ? [name] : [])));
  return found
    .flat()
    .map((name) => `There is no tenant ${JSON.stringify(name)} yet: the token can do nothing there until it is made.`);
}

/** Makes a new access token. */
export async function createToken(wanted: WantedToken, nowMs: number): Promise<TokenAnswer> {
  const { application, master } = wanted;
  const tenantPermissions = permissionsOf(wanted);
  const token = newAccessToken(
    { application, master, tenantPermissions, expiresOn: expiryOf(wanted, nowMs) },
    randomUUID(),
  );
  const warnings = await missingTenants(wanted.tenants);
  if (!(await createAccessToken(token))) throw new Error('The random id of the new access token is taken: try again');
  return { id: token.id, notes: [shownOnce, untilText(token.expiresOnMs), ...warnings] };
}

/** Makes a token that may do the same, and lets the named one end after so many milliseconds, or earlier where it would anyway. */
export async function rotateToken(name: TokenName, graceMs: number, nowMs: number): Promise<TokenAnswer> {
  const old = await namedToken(name);
  if (hasExpired(old, nowMs)) throw new Error(`The ${tokenName(old)} has expired: make a new one with "token create"`);
  const { application, master, tenantPermissions } = old;
  const token = newAccessToken(
    { application, master, tenantPermissions, expiresOn: renewedExpiry(old, nowMs) },
    randomUUID(),
  );
  const endsAtMs = Math.min(old.expiresOnMs ?? Number.POSITIVE_INFINITY, nowMs + graceMs);
  if (!(await replaceAccessToken(old, token, endsAtMs)))
    throw new Error(`The ${tokenName(old)} has been deleted meanwhile, and nothing was made`);
  const ends = `The ${tokenName(old)} ends on ${new Date(endsAtMs).toISOString()}. ${cachedFrom('then')}`;
  return { id: token.id, notes: [shownOnce, untilText(token.expiresOnMs), ends] };
}

/** Ends a token at once, whatever its id. */
export async function revokeToken(name: TokenName): Promise<TokenAnswer> {
  const token: AccessToken = await namedToken(name);
  await deleteAccessToken(token.id);
  return { notes: [`The ${tokenName(token)} is ended. ${cachedFrom('now')}`] };
}
