import { definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const post = (path: string, json: unknown) => api.request('POST', path, { query, json });
const indexed = (value: unknown, name = 'a') => ({ ...definition(name), metadata: { label: 'A', indexed: value } });
const sweeps = async () => (await api.items('profiles')).filter(({ pk }) => pk === 'SWEEP');
const pendingOf = async (name: string) => {
  const body = (await api.items('profiles')).find(({ pk, sk }) => pk === 'TENANT_BODY' && sk === name);
  return JSON.parse(String(body?.pending));
};

const message =
  '"indexed" in the metadata of attribute "a" must be true, false or a list of up to 100 paths inside of it, each with its attribute up to 1000 bytes';

const wrong: readonly unknown[] = [
  'true',
  'deep',
  1,
  0,
  {},
  { deep: true },
  [],
  [1],
  ['deep', null],
  [''],
  ['.'],
  ['a..b'],
  ['a.'],
  [['deep']],
  Array.from({ length: 101 }, (_, index) => `p${index}`),
  ['p'.repeat(988)],
  ['ä'.repeat(494)],
];

describe.each(wrong.map((value) => ({ value })))('a definition with indexed: $value', ({ value }) => {
  const routes = [
    ['/tenant/create', { name: 'fresh', attributeDefinitions: [indexed(value)] }],
    ['/tenant/update', { name: 'default', attributeDefinitions: [indexed(value)] }],
    ['/tenant/default/attribute_definitions/add', [indexed(value)]],
    ['/tenant/default/attribute_definitions/update', [indexed(value)]],
  ] as const;

  test.each(routes)('is refused by %s, by its name', async (path, json) => {
    const [, , , what] = path.split('/');
    await api.seedTenant({
      attributeDefinitions: what === 'attribute_definitions' && path.endsWith('add') ? [] : [definition('a')],
    });
    const { status, body } = await post(path, json);
    expect([status, body]).toEqual([400, { errorCode: 'OTHER', message }]);
  });
});

test.each([
  [true],
  [false],
  [null],
  [['deep']],
  [['deep.er', '0.x', 'deep.er', 'ü']],
  [Array.from({ length: 100 }, (_, index) => `p${index}`)],
  [['p'.repeat(987)]],
])('indexed: %j is stored and answered as it was given', async (value) => {
  await api.seedTenant();
  const { status, body } = await post('/tenant/default/attribute_definitions/add', [indexed(value)]);
  expect([status, body.attributeDefinitions]).toEqual([200, [indexed(value)]]);
});

test('one that is stored already may stay, as it is, and counts as none; another wrong one may not come in its place', async () => {
  await api.seedTenant({ attributeDefinitions: [{ ...definition('a'), metadata: { indexed: 'yes' } }] });
  const update = (value: unknown) => post('/tenant/default/attribute_definitions/update', [indexed(value)]);
  expect((await update('yes')).status).toBe(200);
  expect((await post('/tenant/default/attribute_definitions/add', [indexed(true, 'b')])).status).toBe(200);
  expect(await pendingOf('default')).toMatchObject([{ indexFields: ['attributes.b'], dropFields: [] }]);
  expect((await update('no')).body.message).toBe(message);
  expect((await update(true)).status).toBe(200);
  expect((await update('yes')).body.message).toBe(message);
});

test('a name that is too long for a key can be defined, but not indexed', async () => {
  await api.seedTenant();
  const name = 'n'.repeat(990);
  expect((await post('/tenant/default/attribute_definitions/add', [indexed(true, name)])).status).toBe(400);
  expect((await post('/tenant/default/attribute_definitions/add', [definition(name)])).status).toBe(200);
});

test('a change of what is indexed is followed by every profile, whichever call makes it; any other change by none', async () => {
  const tenant = await api.seedTenant({ name: 'calls', attributeDefinitions: [definition('a'), definition('b')] });
  const open = async () => (await sweeps()).filter(({ sk }) => sk === tenant.id).length;
  await post('/tenant/calls/attribute_definitions/update', [{ ...definition('a'), metadata: { label: 'A' } }]);
  await post('/tenant/calls/attribute_definitions/update', [indexed(false)]);
  expect([await open(), await pendingOf('calls')]).toEqual([0, []]);
  await post('/tenant/calls/attribute_definitions/update', [indexed(true)]);
  expect(await open()).toBe(1);
  await post('/tenant/update', { name: 'calls', attributeDefinitions: [indexed(['x']), definition('b')] });
  await post('/tenant/calls/attribute_definitions/add', [indexed(true, 'c')]);
  await api.request('POST', '/tenant/calls/attribute_definitions/remove', { query, form: { attributeName: 'a' } });
  expect(await pendingOf('calls')).toMatchObject([
    { indexFields: ['attributes.a'], dropFields: [] },
    { indexFields: ['attributes.a.x'], dropFields: ['attributes.a'] },
    { indexFields: ['attributes.c'], dropFields: [] },
    { indexFields: [], dropFields: ['attributes.a.x'] },
  ]);
});
