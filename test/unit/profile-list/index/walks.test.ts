import { createdKeyOf } from '../../../../functions/shared/domain/profile/created-key.ts';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import { findMatches, openQuery, type QuerySource } from '../../../../functions/shared/domain/profile-list/by-query.ts';
import { sortKeyText } from '../../../../functions/shared/domain/profile-list/index/entries.ts';
import { everything, listRange, listWhere } from '../../../../functions/shared/domain/profile-list/list.ts';
import type { ListPage } from '../../../../functions/shared/domain/profile-list/position.ts';
import { readerOf } from '../../../../functions/shared/domain/profile-list/reader.ts';
import { windowOf } from '../../../../functions/shared/domain/profile-list/window.ts';
import type { Tenant } from '../../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonValue } from '../../../../functions/shared/domain/values/json.ts';
import { definition } from '../../../support/definitions.ts';
import { exampleAccessToken } from '../../../support/example-access-token.ts';
import { exampleTenant } from '../../../support/example-tenant.ts';
import { numbered } from '../views.ts';
import { storedIndex } from './stored-index.ts';

const caller = exampleAccessToken({ tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }] });
const names = ['level', 'a', 'b', 'c', 'd', 'e'];
const tenantOf = (shards: number, indexed = ['level']): Tenant =>
  exampleTenant({
    shards,
    attributeDefinitions: names.map((name) => definition(name, { metadata: { indexed: indexed.includes(name) } })),
  });
const stored = (n: number, attributes: Readonly<Record<string, JsonValue>>, shard = 0): Profile => ({
  ...numbered(n, attributes),
  email: `p${n}`,
  shard,
});
const numbersOf = ({ profiles }: ListPage) => profiles.map(({ createdAtMs }) => createdAtMs);
const sortedBy = (sortBy: string, sortOrder: 'ASC' | 'DESC') => ({ sortBy, sortOrder, attributesToReturn: undefined });
const byLevel = (sortOrder: 'ASC' | 'DESC') => sortedBy('attributes.level', sortOrder);

describe.each(['ASC', 'DESC'] as const)('%s', (order) => {
  test.each([
    ['ahead', { 2: 9 }],
    ['back', { 4: 0 }],
    ['both ways', { 1: 9, 5: 0 }],
    ['out of all', { 3: null }],
    ['to several values', { 1: [3, 9], 5: [0, 3] }],
  ])('who moves %s while a walk is on is in its list once, sorted by what it shows', async (_, moves) => {
    const tenant = tenantOf(1);
    const before = [1, 2, 3, 4, 5].map((n) => stored(n, { level: n }));
    const moved = new Map(Object.entries(moves).map(([n, level]) => [Number(n), stored(Number(n), { level })]));
    const after = before.map((profile) => moved.get(profile.createdAtMs) ?? profile);
    const source = { ...storedIndex(tenant, before, 2), findProfiles: storedIndex(tenant, after, 2).findProfiles };
    const reader = readerOf(caller, tenant);
    const expected = await listRange(storedIndex(tenant, after, 9), reader, byLevel(order), everything);
    const found = await listRange(source, reader, byLevel(order), windowOf({ count: 5 }));
    expect(numbersOf(found)).toEqual(numbersOf(expected));
  });

  test('who is gone while a walk is on leaves no gap', async () => {
    const tenant = tenantOf(1);
    const before = [1, 2, 3, 4, 5].map((n) => stored(n, { level: n }));
    const left = before.filter(({ createdAtMs }) => createdAtMs !== 3);
    const source = { ...storedIndex(tenant, before, 2), findProfiles: storedIndex(tenant, left, 2).findProfiles };
    const found = await listRange(source, readerOf(caller, tenant), byLevel(order), windowOf({ count: 4 }));
    expect(numbersOf(found)).toEqual(order === 'ASC' ? [1, 2, 4, 5] : [5, 4, 2, 1]);
  });
});

test('profiles with more values than entries are found by every condition, and stand at their places in every walk', async () => {
  const tenant = tenantOf(2, names);
  const many = (from: number) => [0, 1, 2, 3, 4, 5, 6].map((n) => from + n);
  const full = Object.fromEntries(names.map((name, at) => [name, many(at)]));
  const profiles = [
    stored(1, { level: 1 }),
    stored(2, full),
    stored(3, { level: 3 }, 1),
    stored(4, { level: many(0).concat(many(7)) }, 1),
  ];
  const source = storedIndex(tenant, profiles, 3);
  const reader = readerOf(caller, tenant);
  const asked = (query: string) =>
    openQuery({ findTenant: async () => tenant }, Promise.resolve(caller), { tenantName: tenant.name, query });
  const find = async (query: string) => {
    const { profiles: found, plan } = await findMatches(
      source,
      await asked(query),
      { attributesToReturn: undefined },
      everything,
    );
    return [found.map(({ createdAtMs }) => createdAtMs), plan];
  };
  expect(await find('{attributes.level: 3}')).toEqual([[2, 3, 4], 'index attributes.level equals, 3 pages']);
  expect(await find('{attributes.e: 6}')).toEqual([[2], expect.stringContaining('index attributes.e equals')]);
  expect(await find('{attributes.level: {$gt: 2, $lt: 4}}')).toEqual([[2, 3, 4], expect.stringContaining('range')]);
  for (const [order, expected] of [
    ['ASC', [2, 4, 1, 3]],
    ['DESC', [4, 2, 3, 1]],
  ] as const)
    expect(numbersOf(await listRange(source, reader, byLevel(order), windowOf({ count: 4 })))).toEqual(expected);
});

test('of several values one may meet one bound and another the other', async () => {
  const tenant = tenantOf(1);
  const source = storedIndex(
    tenant,
    [stored(1, { level: [0, 9] }), stored(2, { level: 5 }), stored(3, { level: 9 })],
    9,
  );
  const asked = await openQuery({ findTenant: async () => tenant }, Promise.resolve(caller), {
    tenantName: tenant.name,
    query: '{attributes.level: {$gt: 4, $lt: 6}}',
  });
  const found = await findMatches(source, asked, { attributesToReturn: undefined }, everything);
  expect(numbersOf(found)).toEqual([1, 2]);
  expect(found.plan).toBe('index attributes.level range, 2 pages');
});

const PAGE = 10;
const SAME = 280;
/** Number n of them: a tenth before and a tenth behind those whose value is the same, and 30 % without any. */
const levelOf = (n: number, count: number): Readonly<Record<string, JsonValue>> => {
  const part = (n * 7) % count;
  if (part < count * 0.3) return {};
  return { level: part < count * 0.4 ? `a${part}` : part < count * 0.9 ? 'same' : `z${part}` };
};

/** What a page behind the n-th costs. */
async function costsOf(count: number, shards: number, order: 'ASC' | 'DESC', sortBy: string, at: number) {
  const tenant = tenantOf(shards);
  const profiles = Array.from({ length: count }, (_, n) => ({
    ...stored(n, levelOf(n, count), n % shards),
    email: `${levelOf(n, count).level}`,
  }));
  const source = storedIndex(tenant, profiles, 1_000);
  const reader = readerOf(caller, tenant);
  const all = await listRange(source, reader, sortedBy(sortBy, order), everything);
  const last = all.profiles[Math.floor(count * at)];
  if (last === undefined) throw new Error('There is none');
  const value = sortBy === 'email' ? last.email : last.attributes.get('level')?.value;
  const after = { key: sortKeyText({ isEmpty: false, value }), createdKey: createdKeyOf(last) };
  Object.assign(source.counts, { looks: 0, batches: 0, bodies: 0 });
  const page = await listRange(source, reader, { ...sortedBy(sortBy, order), after }, windowOf({ count: PAGE }));
  const from = Math.floor(count * at) + 1;
  expect(numbersOf(page)).toEqual(numbersOf(all).slice(from, from + PAGE));
  return source.counts;
}

describe.each([
  ['attributes.level', 1],
  ['attributes.level', 3],
  ['email', 1],
])('a page by %s in %s parts', (sortBy, shards) => {
  test.each([
    ['ASC', 0.01],
    ['ASC', 0.5],
    ['ASC', 0.95],
    ['DESC', 0.01],
    ['DESC', 0.5],
    ['DESC', 0.95],
  ] as const)('%s behind %d of them costs a page, however many there are', async (order, at) => {
    const many = await costsOf(SAME * 10, shards, order, sortBy, at);
    expect(many.looks).toBeLessThanOrEqual(4 * shards);
    expect(many.batches).toBeLessThanOrEqual(2);
    expect(many.bodies).toBeLessThanOrEqual(3 * PAGE);
  });
});

test.each([
  ['a role', 'roles', 'A'],
  ['a value', 'attributes.level', 'same'],
])('a page of those with %s is found by a look', async (_, field, value) => {
  const tenant = tenantOf(1);
  const profiles = Array.from({ length: SAME }, (_each, n) => ({ ...stored(n, { level: 'same' }), roles: ['A'] }));
  const source: QuerySource & { counts: object } = storedIndex(tenant, profiles, 1_000);
  const reader = readerOf(caller, tenant);
  const after = { key: '', createdKey: createdKeyOf(profiles[200] ?? numbered(0)) };
  const page = await listWhere(source, reader, { attributesToReturn: undefined, after }, windowOf({ count: PAGE }), {
    field,
    asked: { kind: 'values', values: [value], isOne: true },
    passes: () => true,
  });
  expect(numbersOf(page)).toEqual(Array.from({ length: PAGE }, (_each, n) => 201 + n));
  expect(page).toMatchObject({ plan: `index ${field} equals, 1 page`, next: { key: '' } });
  expect(source.counts).toEqual({ looks: 2, batches: 1, bodies: PAGE + 1 });
});
