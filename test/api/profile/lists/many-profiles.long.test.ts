import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import { fieldsOfStored } from '../../../../functions/shared/domain/tenant/indexed-fields.ts';
import type { Tenant } from '../../../../functions/shared/domain/tenant/tenant.ts';
import { newObjectId } from '../../../../functions/shared/domain/values/object-id.ts';
import { documentClient } from '../../../../functions/shared/repositories/dynamodb/client.ts';
import { entryKeysOf } from '../../../../functions/shared/repositories/index-entries.ts';
import { profileToItem } from '../../../../functions/shared/repositories/profiles.ts';
import { localTableNames } from '../../../../lib/local/environment.ts';
import { asAttributes } from '../../../support/attributes.ts';
import { type Faults, installFaults, throttled } from '../../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { accessTokenId, getter, gist } from './people.ts';

/** Profile number n of 3,000: username and attribute `rank` in an order of their own, which 1,301 scatters. */
const COUNT = 3_000;
const scatter = (n: number) => (n * 1_301) % COUNT;
const name = (n: number) => `u${String(scatter(n)).padStart(4, '0')}`;
const numbers = Array.from({ length: COUNT }, (_, n) => n);
const names = numbers.map(name);
const sortedNames = names.toSorted();

let api: LocalApi;
let faults: Faults;
let tenant: Tenant;

function profileOf(n: number): Profile {
  const createdAtMs = 1_500_000_000_000 + n;
  return {
    id: newObjectId(createdAtMs),
    tenant: tenant.name,
    tenantId: tenant.id,
    username: name(n),
    email: `${name(n)}@example.com`,
    verified: false,
    enabled: n % 2 === 0,
    createdAtMs,
    lastModifiedMs: createdAtMs,
    roles: n % 100 === 99 ? ['HUNDREDTH'] : [],
    attributes: asAttributes([['rank', scatter(n)]]),
    appliedVersion: 1,
    credentialEpoch: 0,
    disableEpoch: 0,
    emailEpoch: 0,
    revision: 0,
    shard: tenant.shards && 0,
  };
}

/** The profile and its entries in the index. */
const itemsOf = (profile: Profile): readonly Record<string, unknown>[] => [
  profileToItem(profile),
  ...[...entryKeysOf({ profile, fields: fieldsOfStored(profile, tenant) }).values()].map((key) => ({ ...key })),
];

async function putAll(items: readonly Record<string, unknown>[]): Promise<void> {
  for (let from = 0; from < items.length; from += 25) {
    const Items = items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await documentClient().send(new BatchWriteCommand({ RequestItems: { [localTableNames().profiles]: Items } }));
  }
}

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  const permissions = [{ application: '*', allowedActions: ['*'] }];
  const attributeDefinitions = [{ name: 'rank', metadata: null, defaultValue: null, permissions }];
  tenant = await api.seedTenant({ name: 'acme', attributeDefinitions });
  const items = numbers.map(profileOf).flatMap(itemsOf);
  await Promise.all([0, 1, 2, 3].map((part) => putAll(items.filter((_, n) => n % 4 === part))));
  faults = installFaults();
});
afterAll(async () => {
  faults.uninstall();
  await api.stop();
});
beforeEach(() => {
  faults.calls.length = 0;
});
afterEach(() => jest.restoreAllMocks());

const range = getter(() => api, '/profile/range');
const byQuery = getter(() => api, '/profile/by_query');
const get = (path: string) => getter(() => api, `/profile/${path}`);
/** Of the profiles alone: the access token and the tenant are the first read. */
const callsOnProfiles = () => faults.calls.slice(1).map(({ operation }) => operation);

test('a whole range holds every profile once, in the order of creation', async () => {
  expect(gist(await range({ attributesToReturn: '$none' }))).toEqual(names);
  expect(callsOnProfiles()).toEqual(['Query', ...Array(30).fill('BatchGetItem')]);
});

test.each([
  ['by creation', {}, names, [0, 99, 1_700, 2_999]],
  ['by username', { sortBy: 'username', sortOrder: 'ASC' }, sortedNames, [801, 2_999]],
  ['by username, descending', { sortBy: 'username' }, sortedNames.toReversed(), [2_500]],
  ['by an attribute', { sortBy: 'attributes.rank', sortOrder: 'ASC' }, sortedNames, [99]],
])('pages %s hold what they should, at every border of batches', async (_, sort, expected, starts) => {
  for (const start of starts) {
    const found = await range({ ...sort, start: String(start), count: '801', attributesToReturn: '$none' });
    expect(gist(found)).toEqual(expected.slice(start, start + 801));
  }
});

test.each([
  ['by creation', {}],
  ['by username', { sortBy: 'username' }],
])('a page of a range %s takes one look into the index and one batch', async (_, sort) => {
  await range({ ...sort, start: '2500', count: '20' });
  expect(callsOnProfiles()).toEqual(['Query', 'BatchGetItem']);
});

test('count reads no bodies', async () => {
  expect((await get('count')({})).body).toBe(COUNT);
  expect(callsOnProfiles()).toEqual(['Query']);
});

test('a query reads no more of the tenant than its page needs', async () => {
  expect(gist(await byQuery({ query: '{enabled: true}', count: '50' }))).toEqual(
    numbers
      .filter((n) => n % 2 === 0)
      .slice(0, 50)
      .map(name),
  );
  expect(callsOnProfiles()).toEqual(['Query', 'BatchGetItem']);
});

test('a query by usernames reads the bodies of those only, and answers in the order of creation', async () => {
  expect(gist(await byQuery({ query: "{username: {$regex: '^u11'}}" }))).toEqual(
    names.filter((username) => username.startsWith('u11')),
  );
  expect(callsOnProfiles()).toEqual(['Query', 'BatchGetItem']);
});

test.each([
  ['an e-mail address', "{email: 'u0007@example.com'}", ['Query', 'GetItem']],
  ['a username', "{username: 'u0007', enabled: true}", ['GetItem']],
])('a query by %s reads one key', async (_, query, calls) => {
  await byQuery({ query });
  expect(callsOnProfiles()).toEqual(calls);
});

test('filters and sorts see every page', async () => {
  const hundredths = names.filter((_, n) => n % 100 === 99);
  expect(gist(await get('by_role')({ role: 'HUNDREDTH' }))).toEqual(hundredths);
  expect((await get('count_by_query')({ query: '{attributes.rank: {$gte: 10}}' })).body).toBe(COUNT - 10);
  const top = { sortBy: 'attributes.rank', start: '5', count: '3' };
  expect(gist(await byQuery({ query: '{}', ...top }))).toEqual(['u2994', 'u2993', 'u2992']);
  expect((await get('one_by_query')({ query: '{attributes.rank: 1699}' })).body.username).toBe('u1699');
});

test('what the store leaves out of a batch is asked for again', async () => {
  faults.cutNext('BatchGetItem', 30, 12);
  expect(gist(await range({}))).toEqual(names);
  expect(callsOnProfiles().length).toBeGreaterThan(31);
});

test('a throttled batch is repeated', async () => {
  faults.failNext('BatchGetItem', throttled, 3);
  expect(gist(await range({ start: '10', count: '300' }))).toEqual(names.slice(10, 310));
});

test('a batch that never gets on ends in 500', async () => {
  const stuck = { name: 'stuck', step: 'initialize' } as const;
  documentClient().middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        commandName?.startsWith('BatchGet')
          ? Promise.resolve({
              response: {},
              output: { $metadata: {}, UnprocessedKeys: Object(args.input).RequestItems },
            })
          : next(args),
    stuck,
  );
  const answer = await range({ count: '5' });
  documentClient().middlewareStack.remove(stuck.name);
  expect(gist(answer)).toEqual([500, 'OTHER']);
});

test('a page is full although the index still holds keys of deleted profiles', async () => {
  const gone = [5, 6, 7].map((n) => ({ ...profileOf(n), id: `${n}`.repeat(24) }));
  await putAll(gone.map((profile) => ({ ...profileToItem(profile), deletedAtMs: 1 })));
  expect(gist(await range({ start: '0', count: '10' }))).toEqual(names.slice(0, 10));
});

test.each([
  ['range', {}],
  ['count', {}],
  ['by_role', { role: 'X' }],
  ['count_by_query', { query: "{email: {$ne: 'x'}}" }],
])('%s says so when it would take too long', async (path, query) => {
  const startMs = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => startMs + faults.calls.length * 13_000);
  expect(await get(path)(query)).toEqual({
    status: 400,
    body: { errorCode: 'OTHER', message: 'The read takes too long: narrow the query' },
  });
});
