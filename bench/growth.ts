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
import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { median, table } from './statistics.ts';

const SIZES = [100, 1000, 10_000, 100_000];
const RUNS = 5;
const BATCH = 25;

const accessTokenId = 'bench-token';
const everyone = [{ application: '*', allowedActions: ['*'] }];

/** Requests whose cost is worth knowing, by what they are called in the table. */
const requests: Readonly<Record<string, { path: string; query: Readonly<Record<string, string>> }>> = {
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

async function load(tenant: Tenant, from: number, to: number): Promise<void> {
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

async function timeOf(api: LocalApi, tenant: string, size: number, name: string): Promise<string> {
  const request = requests[name];
  if (request === undefined) throw new Error(`There is no request ${name}`);
  const start = name.includes('middle') ? { start: String(Math.floor(size / 2)) } : {};
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startMs = performance.now();
    const answer = await api.request('GET', request.path, {
      query: { accessTokenId, tenantName: tenant, ...request.query, ...start },
    });
    times.push(performance.now() - startMs);
    if (answer.status === 400) return `400 ${answer.body.message}`;
    if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}`);
  }
  return median(times).toFixed(0);
}

/** How lists, counts and queries grow with the tenant: milliseconds in this process against the embedded engine. */
async function growth(): Promise<string> {
  const api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  const attributeDefinitions = [{ name: 'city', metadata: null, defaultValue: null, permissions: everyone }];
  const tenant = await api.seedTenant({ name: 'growing', cleanseAttributes: false, attributeDefinitions });
  const columns: string[][] = [];
  let loaded = 0;
  for (const size of SIZES) {
    await load(tenant, loaded, size);
    loaded = size;
    const column: string[] = [];
    for (const name of Object.keys(requests)) column.push(await timeOf(api, tenant.name, size, name));
    columns.push(column);
  }
  await api.stop();
  const rows = Object.keys(requests).map((name, row) => [name, ...columns.map((column) => column[row] ?? '')]);
  return table(['milliseconds', ...SIZES.map((size) => size.toLocaleString('en'))], rows);
}

console.log(await growth());
process.exit(0);
