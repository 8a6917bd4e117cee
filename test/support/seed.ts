import { BatchWriteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../functions/shared/config/calls.ts';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { Credentials } from '../../functions/shared/domain/sign-in/credentials.ts';
import { hashPassword } from '../../functions/shared/domain/sign-in/password-hash.ts';
import { fieldsOfStored } from '../../functions/shared/domain/tenant/indexed-fields.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { newObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { accessTokenToItems } from '../../functions/shared/repositories/access-tokens.ts';
import { credentialsToItem } from '../../functions/shared/repositories/credentials.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { entryKeysOf } from '../../functions/shared/repositories/index-entries.ts';
import { profileToItem } from '../../functions/shared/repositories/profiles.ts';
import { tenantToItems } from '../../functions/shared/repositories/tenant-items.ts';
import { usernameToItem } from '../../functions/shared/repositories/usernames.ts';
import { localTableNames } from '../../lib/local/environment.ts';
import { exampleAccessToken } from './example-access-token.ts';
import { exampleTenant } from './example-tenant.ts';
import { outsideOperations } from './recorded-calls.ts';

/** Rows straight into the tables, so that a test of one endpoint needs no other. */
export interface Seed {
  put(table: Table, items: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Takes everything out of a table. */
  clear(table: Table): Promise<void>;
  /** Everything that a table holds, by key. */
  items(table: Table): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A tenant, `default` unless named: open, without roles and definitions. */
  seedTenant(tenant?: Partial<Tenant>): Promise<Tenant>;
  /** A profile with its credentials and username, of the tenant `default` unless named; enabled, not verified, no password unless given. */
  seedProfile(profile?: SeededProfile): Promise<Profile>;
  /** An access token of application `app`, not master, that may do everything on every tenant. */
  seedAccessToken(token?: Partial<AccessToken>): Promise<AccessToken>;
  /** Several, in one call. */
  seedAccessTokens(tokens: readonly Partial<AccessToken>[]): Promise<readonly AccessToken[]>;
}

type SeededProfile = Partial<Profile> & { password?: string; credentials?: Partial<Credentials> };

/** Hashing costs: tests share the hash of a password. */
const hashes = new Map<string, Promise<string>>();
function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  return hash;
}

/** How many items one call takes. */
const BATCH_SIZE = 25;

async function put(table: Table, items: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const TableName = localTableNames()[table];
  const [Item, ...others] = items;
  if (Item === undefined) return;
  if (others.length === 0) {
    await outsideOperations(() => documentClient().send(new PutCommand({ TableName, Item: { ...Item } })));
    return;
  }
  const requests = items.map((one) => ({ PutRequest: { Item: { ...one } } }));
  for (let from = 0; from < requests.length; from += BATCH_SIZE) {
    const command = new BatchWriteCommand({ RequestItems: { [TableName]: requests.slice(from, from + BATCH_SIZE) } });
    await outsideOperations(() => documentClient().send(command));
  }
}

async function clear(table: Table): Promise<void> {
  const requests = (await items(table)).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
  for (let from = 0; from < requests.length; from += BATCH_SIZE) {
    const batch = requests.slice(from, from + BATCH_SIZE);
    const command = new BatchWriteCommand({ RequestItems: { [localTableNames()[table]]: batch } });
    await outsideOperations(() => documentClient().send(command));
  }
}

async function items(table: Table) {
  const found: Record<string, unknown>[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const command = new ScanCommand({
      TableName: localTableNames()[table],
      ConsistentRead: true,
      ExclusiveStartKey: from,
    });
    const page = await outsideOperations(() => documentClient().send(command));
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  const keyOf = (item: Record<string, unknown>) => `${item.pk} ${item.sk}`;
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The seeding functions of one local API, which remember its tenants. */
export function seedOf(): Seed {
  const tenants = new Map<string, Tenant>();
  let count = 0;

  async function seedTenant(partial: Partial<Tenant> = {}): Promise<Tenant> {
    const tenant = exampleTenant({
      id: newObjectId(Date.now()),
      name: 'default',
      createdAtMs: Date.now(),
      ...partial,
    });
    tenants.set(tenant.name, tenant);
    await put('profiles', Object.values(tenantToItems(tenant)));
    return tenant;
  }

  async function seedProfile({ password, credentials, ...partial }: SeededProfile = {}): Promise<Profile> {
    const name = partial.tenant ?? 'default';
    const tenant = tenants.get(name) ?? (await seedTenant({ name }));
    const username = partial.username ?? `user${++count}`;
    const createdAtMs = partial.createdAtMs ?? Date.now();
    const profile: Profile = {
      id: newObjectId(createdAtMs),
      tenant: name,
      tenantId: tenant.id,
      username,
      email: `${username}@example.com`,
      verified: false,
      enabled: true,
      createdAtMs,
      lastModifiedMs: createdAtMs,
      roles: [],
      attributes: new Map(),
      appliedVersion: tenant.version,
      credentialEpoch: createdAtMs,
      disableEpoch: createdAtMs,
      emailEpoch: 0,
      revision: 0,
      shard: tenant.shards && 0,
      ...partial,
    };
    const secrets: Credentials = {
      profileId: profile.id,
      passwordHash: password === undefined ? undefined : await hashOnce(password),
      credentialEpoch: profile.credentialEpoch,
      failedLoginAttempts: 0,
      ...credentials,
    };
    const entries = entryKeysOf({ profile, fields: fieldsOfStored(profile, tenant) });
    await put('profiles', [
      profileToItem(profile),
      credentialsToItem(secrets),
      usernameToItem(profile),
      ...[...entries.values()].map((key) => ({ ...key })),
    ]);
    return profile;
  }

  async function seedAccessTokens(partials: readonly Partial<AccessToken>[]): Promise<readonly AccessToken[]> {
    const tenantPermissions = [{ tenant: '*', allowedActions: ['*'] }];
    const made = partials.map((partial) =>
      exampleAccessToken({ tenantPermissions, createdAtMs: Date.now(), ...partial }),
    );
    await put(
      'tokens',
      made.flatMap((token) => Object.values(accessTokenToItems(token))),
    );
    return made;
  }

  async function seedAccessToken(partial: Partial<AccessToken> = {}): Promise<AccessToken> {
    const [token] = await seedAccessTokens([partial]);
    if (token === undefined) throw new Error('There is no token');
    return token;
  }

  return { put, clear, items, seedTenant, seedProfile, seedAccessToken, seedAccessTokens };
}
