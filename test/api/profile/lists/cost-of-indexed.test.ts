import { asAttributes } from '../../../support/attributes.ts';
import { definition } from '../../../support/definitions.ts';
import { type Faults, installFaults } from '../../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { accessTokenId, getter, gist } from './people.ts';

const COUNT = 240;
/** Every other one has the same level, a third has none. */
const levelOf = (n: number) => (n % 3 === 0 ? undefined : n % 2 === 0 ? 'same' : `l${n}`);
const numbers = Array.from({ length: COUNT }, (_, n) => n);
const name = (n: number) => `u${String(n).padStart(3, '0')}`;

let api: LocalApi;
let faults: Faults;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({
    name: 'acme',
    shards: 1,
    attributeDefinitions: [definition('level', { metadata: { indexed: true } }), definition('plain')],
  });
  for (const n of numbers) {
    const level = levelOf(n);
    await api.seedProfile({
      tenant: 'acme',
      username: name(n),
      createdAtMs: 1_500_000_000_000 + n,
      roles: n % 20 === 7 ? ['SOME'] : [],
      attributes: asAttributes([['plain', n], ...(level === undefined ? [] : [['level', level] as const])]),
    });
  }
  faults = installFaults();
});
afterAll(async () => {
  faults.uninstall();
  await api.stop();
});
beforeEach(() => {
  faults.calls.length = 0;
});

const get = (path: string) => getter(() => api, `/profile/${path}`);
/** Of the profiles alone: the access token and the tenant are the first read. */
const callsOnProfiles = () => faults.calls.slice(1).map(({ operation }) => operation);
const withLevel = (level: string | undefined) => numbers.filter((n) => levelOf(n) === level).map(name);
const sorted = [
  ...withLevel(undefined),
  ...numbers
    .filter((n) => levelOf(n)?.startsWith('l'))
    .map((n) => [levelOf(n), name(n)])
    .sort()
    .map(([, one]) => one ?? ''),
  ...withLevel('same'),
];
const descending = [
  ...withLevel('same'),
  ...sorted.slice(COUNT / 3, -withLevel('same').length).toReversed(),
  ...withLevel(undefined),
];

test('a list by a role reads the entries of that and no other profile', async () => {
  expect(gist(await get('by_role')({ role: 'SOME' }))).toEqual(numbers.filter((n) => n % 20 === 7).map(name));
  expect(callsOnProfiles()).toEqual(['Query', 'Query', 'BatchGetItem']);
});

test('a list by an indexed value or a query for it reads those that have it', async () => {
  expect(gist(await get('by_attribute_value')({ attributeName: 'level', attributeValue: 'l7' }))).toEqual([name(7)]);
  expect(gist(await get('by_query')({ query: "{attributes.level: 'l7', attributes.plain: 7}" }))).toEqual([name(7)]);
  expect(callsOnProfiles().filter((operation) => operation === 'Query')).toHaveLength(4);
});

test('a page of a query with many matches reads no more than it needs', async () => {
  expect(gist(await get('by_query')({ query: "{attributes.level: 'same'}", count: '10' }))).toEqual(
    withLevel('same').slice(0, 10),
  );
  expect(callsOnProfiles()).toEqual(['Query', 'Query', 'BatchGetItem']);
});

test('of two conditions the one that finds less is used', async () => {
  await get('by_query')({ query: "{attributes.level: {$exists: true}, roles: 'SOME'}" });
  expect(callsOnProfiles().filter((operation) => operation === 'BatchGetItem')).toHaveLength(1);
});

test.each([
  ['ASC', sorted],
  ['DESC', descending],
])('a page sorted %s by an indexed value reads no body before it', async (sortOrder, expected) => {
  for (const start of [0, 75, 85, 150, 230]) {
    faults.calls.length = 0;
    const found = await get('range')({ sortBy: 'attributes.level', sortOrder, start: `${start}`, count: '5' });
    expect(gist(found)).toEqual(expected.slice(start, start + 5));
    const calls = callsOnProfiles();
    expect(calls.filter((operation) => operation === 'BatchGetItem')).toHaveLength(1);
    expect(calls.length).toBeLessThanOrEqual(6);
  }
});

test('a page sorted by e-mail address is one look and one batch', async () => {
  const found = await get('range')({ sortBy: 'email', sortOrder: 'DESC', start: '100', count: '5' });
  expect(gist(found)).toEqual(numbers.map(name).toReversed().slice(100, 105));
  expect(callsOnProfiles()).toEqual(['Query', 'BatchGetItem']);
});
