import type { AttributeDefinition } from '../../../../functions/shared/domain/tenant/attribute-definitions.ts';
import type { PendingChange } from '../../../../functions/shared/domain/tenant/pending-changes.ts';
import type { Attributes } from '../../../../functions/shared/domain/values/json-text.ts';
import { asAttributes } from '../../../support/attributes.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { accessTokenId, getter, gist } from './people.ts';

/**
 * A tenant whose worker lags: role OLD and attribute `color` were removed in version 3, `color` came back with a default in version 5.
 * `late` and `bare` have seen neither, `half` the first, `current` both; it got the role again.
 */
let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  const readable = (name: string): AttributeDefinition => ({
    name,
    metadata: null,
    defaultValue: null,
    permissions: [{ application: '*', allowedActions: ['*'] }],
  });
  const change = (version: number, what: Partial<PendingChange>): PendingChange => ({
    version,
    atMs: version,
    removeRoles: [],
    removeAttributes: [],
    defaults: new Map(),
    indexFields: [],
    dropFields: [],
    ...what,
  });
  await api.seedTenant({
    name: 'acme',
    version: 5,
    attributeDefinitions: [readable('color')],
    pending: [
      change(3, { removeRoles: ['OLD'], removeAttributes: ['color'] }),
      change(5, { defaults: asAttributes([['color', 'blue']]) }),
    ],
  });
  const roles = ['OLD', 'KEPT'];
  const color = (value: string) => asAttributes([['color', value]]);
  const seed = (username: string, appliedVersion: number, attributes: Attributes, createdAtMs: number) =>
    api.seedProfile({ tenant: 'acme', username, appliedVersion, attributes, createdAtMs, roles });
  await seed('late', 1, color('red'), 1);
  await seed('bare', 1, new Map(), 2);
  await seed('half', 3, color('azure'), 3);
  await seed('current', 5, color('red'), 4);
});
afterAll(() => api.stop());

const get = (name: string) => getter(() => api, `/profile/${name}`);

test('every list shows the settled profile', async () => {
  const settled = { late: 'blue', bare: 'blue', half: 'azure', current: 'red' };
  const { body: all } = await get('range')({});
  const answers = [
    all,
    (await get('by_query')({ query: '{}' })).body,
    (await get('by_role')({ role: 'KEPT' })).body,
    (await get('by_existing_attribute')({ attributeName: 'color' })).body,
    (await get('by_ids')({ id: all.map(({ id }: { id: string }) => id) })).body,
  ];
  for (const answer of answers) {
    const colors = answer.map((one: { username: string; attributes: object }) => [one.username, one.attributes]);
    expect(colors).toEqual(Object.entries(settled).map(([username, value]) => [username, { color: value }]));
    const roles = answer.map((one: { roles: string[] }) => one.roles.includes('OLD'));
    expect(roles).toEqual([false, false, true, true]);
  }
});

test.each([
  ['by_role', { role: 'OLD' }, ['half', 'current']],
  ['by_attribute_value', { attributeName: 'color', attributeValue: 'red' }, ['current']],
  ['by_attribute_value', { attributeName: 'color', attributeValue: 'blue' }, ['late', 'bare']],
  ['by_query', { query: "{roles: 'OLD'}" }, ['half', 'current']],
  ['by_query', { query: "{username: 'late', roles: 'OLD'}" }, []],
  ['by_query', { query: "{email: 'late@example.com', attributes.color: 'blue'}" }, ['late']],
])('%s with %j filters settled profiles', async (path, query, found) => {
  expect(gist(await get(path)(query))).toEqual(found);
});

test('counts and first matches are of settled profiles', async () => {
  expect((await get('count_by_query')({ query: "{attributes.color: 'red'}" })).body).toBe(1);
  expect((await get('one_by_query')({ query: "{attributes.color: 'red'}" })).body.username).toBe('current');
});

test('sorts are by settled values', async () => {
  const sort = { sortBy: 'attributes.color', sortOrder: 'ASC' };
  expect(gist(await get('range')(sort))).toEqual(['half', 'late', 'bare', 'current']);
  expect(gist(await get('by_query')({ query: '{}', ...sort, start: '1', count: '2' }))).toEqual(['late', 'bare']);
});
