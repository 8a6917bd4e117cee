import { randomBytes, randomUUID } from 'node:crypto';
import { setting } from '../../functions/shared/config/configuration.ts';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { newProfile, type Profile } from '../../functions/shared/domain/profile/profile.ts';
import { requireUsername } from '../../functions/shared/domain/profile/username.ts';
import { newCredentials } from '../../functions/shared/domain/sign-in/credentials.ts';
import { hashPassword } from '../../functions/shared/domain/sign-in/password-hash.ts';
import { indexedFieldsOf } from '../../functions/shared/domain/tenant/indexed-fields.ts';
import { newTenant, type Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { isEmailAddress } from '../../functions/shared/domain/values/email-address.ts';
import { ApiError } from '../../functions/shared/errors/api-error.ts';
import { bootstrapInstallation } from '../../functions/shared/repositories/installation.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { UsageError } from '../usage-error.ts';

const openToAll = [{ application: '*', allowedActions: ['*'] }];
const ADMIN_ROLE = 'PROFILE_SUPERADMIN';

export interface BootstrapOptions {
  readonly tenant: string;
  readonly application: string;
  readonly username: string;
  readonly email: string;
  /** Makes another token and administrator of an installation that has its first ones. */
  readonly again: boolean;
  /** Whether text attributes of the new tenant are HTML-escaped (contract 6.8), which is the default. */
  readonly cleanses: boolean;
}

/** The generated secrets: to be shown once, stored nowhere in this form. */
export interface Bootstrapped {
  readonly accessTokenId: string;
  readonly tenant: string;
  readonly username: string;
  readonly password: string;
}

function firstTenant({ tenant: name, cleanses }: BootstrapOptions, nowMs: number): Tenant {
  const attribute = (attributeName: string, label: string, displayOrder: number) => ({
    name: attributeName,
    metadata: { label, type: 'TEXT', displayOrder },
    defaultValue: null,
    permissions: openToAll,
  });
  const attributeDefinitions = [attribute('firstName', 'First name', 0), attribute('lastName', 'Last name', 1)];
  return newTenant(
    {
      name,
      verifyNewProfiles: false,
      ssoEnabled: false,
      cleanseAttributes: cleanses,
      availableRoles: [ADMIN_ROLE],
      attributeDefinitions,
    },
    nowMs,
  );
}

const masterToken = (application: string, nowMs: number): AccessToken => ({
  id: randomUUID(),
  application,
  master: true,
  tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
  expiresOnMs: null,
  createdAtMs: nowMs,
});

const administrator = (tenant: Tenant, { username, email }: BootstrapOptions, nowMs: number): Profile =>
  newProfile(
    tenant,
    { username, email, enabled: true, roles: [ADMIN_ROLE], attributes: new Map() },
    setting('wireLine'),
    nowMs,
  );

/** What to do about each outcome but the good one. */
const refusals = (tenant: string, username: string) => ({
  bootstrappedAlready:
    'This installation is bootstrapped already; with --again it gets another token and administrator',
  usernameTaken: `Tenant "${tenant}" has a profile "${username}" already: choose another --username`,
  changedMeanwhile: 'Somebody else changed the installation meanwhile: try again',
});

/** What refuses a name; undefined where nothing does. */
function refusalOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (fault) {
    if (fault instanceof ApiError) return fault.message;
    throw fault;
  }
}

/** Throws a `UsageError` that names every option that no administrator can be made with. */
export function requireBootstrapOptions({ email, username }: BootstrapOptions): void {
  const shown = JSON.stringify(email);
  const faults = [
    isEmailAddress(email) ? undefined : `--email ${shown} is no e-mail address: give one such as you@example.com`,
    refusalOf(() => requireUsername(username))?.replace('Parameter "username"', '--username'),
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

/** The tenant of that name, or a new one. */
function tenantFor(existing: Tenant | undefined, options: BootstrapOptions, nowMs: number): Tenant {
  if (existing?.cleanseAttributes && !options.cleanses)
    throw new Error(`Tenant "${existing.name}" is there already, with cleansing: tenant/update switches that off`);
  if (existing !== undefined) return existing;
  const refusal = refusalOf(() => firstTenant(options, nowMs));
  if (refusal !== undefined)
    throw new UsageError(`--tenant ${JSON.stringify(options.tenant)} cannot be made: ${refusal}`);
  return firstTenant(options, nowMs);
}

/**
 * Makes the first master access token, tenant and administrator of an installation, together and once. Throws an Error that says why not, a `UsageError` where the options are not right.
 */
export async function bootstrap(options: BootstrapOptions): Promise<Bootstrapped> {
  requireBootstrapOptions(options);
  const nowMs = Date.now();
  const existing = await findTenant(options.tenant);
  const tenant = tenantFor(existing, options, nowMs);
  const token = masterToken(options.application, nowMs);
  const profile = administrator(tenant, options, nowMs);
  const password = randomBytes(18).toString('base64url');
  const credentials = newCredentials(profile, await hashPassword(password));
  const outcome = await bootstrapInstallation(
    {
      token,
      tenant: existing === undefined ? tenant : undefined,
      administrator: { profile, credentials, fields: indexedFieldsOf(tenant) },
      atMs: nowMs,
    },
    { again: options.again },
  );
  if (outcome !== 'done') throw new Error(refusals(tenant.name, options.username)[outcome]);
  return { accessTokenId: token.id, tenant: tenant.name, username: options.username, password };
}
