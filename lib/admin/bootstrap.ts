import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { newProfile, type Profile, requireEmailAddress } from '../../functions/shared/domain/profile/profile.ts';
import { requireUsername } from '../../functions/shared/domain/profile/username.ts';
import { newCredentials } from '../../functions/shared/domain/sign-in/credentials.ts';
import { hashPassword } from '../../functions/shared/domain/sign-in/password-hash.ts';
import { newTenant, type Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { accessTokenToItem } from '../../functions/shared/repositories/access-tokens.ts';
import { profilesTable, tokensTable } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { type TransactionItem, transact } from '../../functions/shared/repositories/dynamodb/writes.ts';
import { newProfileItems } from '../../functions/shared/repositories/profile-writes.ts';
import { findTenant, tenantToItem } from '../../functions/shared/repositories/tenants.ts';

/** Marks an installation that has its first access token. */
const markerKey = { pk: 'INSTALLATION', sk: 'BOOTSTRAP' };

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const openToAll = [{ application: '*', allowedActions: ['*'] }];
const ADMIN_ROLE = 'PROFILE_SUPERADMIN';

export interface BootstrapOptions {
  readonly tenant: string;
  readonly application: string;
  readonly username: string;
  readonly email: string;
  /** Makes another token and administrator of an installation that has its first ones. */
  readonly again: boolean;
}

/** The generated secrets: to be shown once, stored nowhere in this form. */
export interface Bootstrapped {
  readonly accessTokenId: string;
  readonly tenant: string;
  readonly username: string;
  readonly password: string;
}

function firstTenant(name: string, nowMs: number): Tenant {
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
      cleanseAttributes: true,
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
  newProfile(tenant, { username, email, enabled: true, roles: [ADMIN_ROLE], attributes: new Map() }, nowMs);

/**
 * Makes the first master access token, tenant and administrator of an installation, all in one transaction with a marker that lets it happen once.
 * Throws an Error that says why not.
 */
export async function bootstrap(options: BootstrapOptions): Promise<Bootstrapped> {
  requireUsername(options.username);
  requireEmailAddress(options.email);
  const nowMs = Date.now();
  const existing = await findTenant(options.tenant);
  const tenant = existing ?? firstTenant(options.tenant, nowMs);
  const token = masterToken(options.application, nowMs);
  const profile = administrator(tenant, options, nowMs);
  const password = randomBytes(18).toString('base64url');
  const put = (table: string, item: Record<string, unknown>, condition = {}): TransactionItem => ({
    Put: { TableName: table, Item: item, ...condition },
  });
  const failed = await transact({
    marker: put(profilesTable(), { ...markerKey, atMs: nowMs }, options.again ? {} : isNew),
    ...(existing === undefined ? { tenant: put(profilesTable(), tenantToItem(tenant), isNew) } : {}),
    token: put(tokensTable(), accessTokenToItem(token), isNew),
    ...newProfileItems(profile, newCredentials(profile, hashPassword(password))),
  });
  if (failed.has('marker'))
    throw new Error('This installation is bootstrapped already; with --again it gets another token and administrator');
  if (failed.has('username'))
    throw new Error(`Tenant "${tenant.name}" has a profile "${options.username}" already: choose another --username`);
  if (failed.size > 0) throw new Error('Somebody else changed the installation meanwhile: try again');
  return { accessTokenId: token.id, tenant: tenant.name, username: options.username, password };
}
