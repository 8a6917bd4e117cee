import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { wireLines } from '../functions/shared/config/wire-line.ts';
import { newProfile } from '../functions/shared/domain/profile/profile.ts';
import { newCredentials } from '../functions/shared/domain/sign-in/credentials.ts';
import type { Tenant } from '../functions/shared/domain/tenant/tenant.ts';
import { credentialsToItem } from '../functions/shared/repositories/credentials.ts';
import { documentClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { profileToItem } from '../functions/shared/repositories/profiles.ts';
import { usernameToItem } from '../functions/shared/repositories/usernames.ts';
import { localTableNames } from '../lib/local/environment.ts';
import { asAttributes } from '../test/support/attributes.ts';
import type { LocalApi } from '../test/support/local-api.ts';

const BATCH = 25;

const accessTokenId = 'bench-token';
/** Permissions on an attribute that let every application do everything. */
export const everyone = [{ application: '*', allowedActions: ['*'] }];

/** Requests whose cost is worth knowing, by what they are called in the tables. */
export const tenantReads: Readonly<Record<string, { path: string; query: Readonly<Record<string, string>> }>> = {
  count: { path: '/profile/count', query: {} },
  'range, first 50': { path: '/profile/range', query: { start: '0', count: '50' } },
  'range, 50 from the middle': { path: '/profile/range', query: { count: '50' } },
  'range, 50 sorted by username': {
    path: '/profile/range',
    query: { sortBy: 'username', sortOrder: 'ASC', start: '0', count: '50' },
  },
  'range, 50 sorted by e-mail': {
    path: '/profile/range',
    query: { sortBy: 'email', sortOrder: 'ASC', start: '0', count: '50' },
  },
  'by role, 1 in 100 has it': { path: '/profile/by_role', query: { role: 'RARE', attributesToReturn: '$none' } },
  'query: username equal': { path: '/profile/one_by_query', query: { query: "{username: 'user50'}" } },
  'query: e-mail equal': { path: '/profile/by_query', query: { query: "{email: 'user50@example.com'}" } },
  'query: username pattern, 50': {
    path: '/profile/by_query',
    query: { query: "{username: {$regex: '^user5'}}", start: '0', count: '50' },
  },
  'query: attribute equal, all': { path: '/profile/count_by_query', query: { query: "{attributes.city: 'C7'}" } },
};

/** Stores the profiles with these numbers, past the API. */
export async function loadProfiles(tenant: Tenant, from: number, to: number): Promise<void> {
  const items: Record<string, unknown>[] = [];
  for (let number = from; number < to; number++) {
    const attributes = asAttributes([['city', `C${number % 50}`]]);
    const username = `user${number}`;
    const wanted = {
      username,
      email: `${username}@example.com`,
      enabled: true,
      roles: number % 100 === 0 ? ['RARE'] : [],
      attributes,
    };
    const profile = newProfile(tenant, wanted, wireLines['3.1'], 1_700_000_000_000 + number);
    items.push(profileToItem(profile), credentialsToItem(newCredentials(profile, undefined)), usernameToItem(profile));
  }
  const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
  const writer = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const writes = batch.map((Item) => ({ PutRequest: { Item } }));
      await documentClient().send(new BatchWriteCommand({ RequestItems: { [localTableNames().profiles]: writes } }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

/** An empty tenant and an access token for it. */
export async function seedGrowingTenant(api: LocalApi): Promise<Tenant> {
  await api.seedAccessToken({ id: accessTokenId });
  const attributeDefinitions = [{ name: 'city', metadata: null, defaultValue: null, permissions: everyone }];
  return api.seedTenant({ name: 'growing', cleanseAttributes: false, attributeDefinitions });
}

/** The request of this name to a tenant of `size` profiles. */
export function tenantRead(name: string, tenant: Tenant, size: number) {
  const read = tenantReads[name];
  if (read === undefined) throw new Error(`There is no request ${name}`);
  const start = name.includes('middle') ? { start: String(Math.floor(size / 2)) } : {};
  return { path: read.path, query: { accessTokenId, tenantName: tenant.name, ...read.query, ...start } };
}
