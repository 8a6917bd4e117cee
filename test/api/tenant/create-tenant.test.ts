import { tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { objectId } from '../../support/sessions.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const create = (json: unknown, token = accessTokenId) =>
  api.request('POST', '/tenant/create', { query: { accessTokenId: token }, json });
const get = (name: string) =>
  api.request('GET', `/tenant/${encodeURIComponent(name)}.json`, { query: { accessTokenId } });

const full = {
  name: 'acme.com corp',
  verifyNewProfiles: true,
  ssoEnabled: true,
  cleanseAttributes: false,
  availableRoles: ['EDITOR', 'READER'],
  attributeDefinitions: [
    {
      name: 'firstName',
      metadata: { label: 'Given name', type: 'TEXT', displayOrder: 0, more: { deep: [null] } },
      defaultValue: 'Mara',
      permissions: [{ application: 'app', allowedActions: ['READ_ATTRIBUTE'] }],
    },
    { name: 'bare', metadata: null, defaultValue: null, permissions: [{ application: '*', allowedActions: null }] },
  ],
};

test('a tenant is stored and answered as it was given, with an id of ours', async () => {
  const { status, body } = await create({ ...full, id: '5a0000000000000000000000' });
  expect(status).toBe(200);
  expect(body).toEqual({ ...full, id: objectId });
  expect(body.id).not.toBe('5a0000000000000000000000');
  expect((await get('acme.com corp')).body).toEqual(body);
});

test('what is not given takes its default; cleansing, which older clients do not know, is not written', async () => {
  const { status, body } = await create({ name: 'plain' });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: objectId,
    name: 'plain',
    verifyNewProfiles: false,
    ssoEnabled: false,
    availableRoles: [],
    attributeDefinitions: [],
  });
});

test('of roles and definitions with one name the first stays', async () => {
  const attributeDefinitions = [
    { name: 'a', defaultValue: 1 },
    { name: 'b' },
    { name: 'a', defaultValue: 2, permissions: [{ allowedActions: ['*'] }] },
  ];
  const { body } = await create({ name: 'twice', availableRoles: ['R', 'S', 'R'], attributeDefinitions });
  expect(body.availableRoles).toEqual(['R', 'S']);
  expect(body.attributeDefinitions).toEqual([
    { name: 'a', metadata: null, defaultValue: 1, permissions: [] },
    { name: 'b', metadata: null, defaultValue: null, permissions: [] },
  ]);
});

test('409 for a taken name, and the tenant that has it stays', async () => {
  await create({ name: 'taken', ssoEnabled: true });
  const { status, body } = await create({ name: 'taken' });
  expect(status).toBe(409);
  expect(body).toEqual({ errorCode: 'TENANT_EXISTS', message: 'Tenant "taken" exists already' });
  expect((await get('taken')).body.ssoEnabled).toBe(true);
});

test('403 unless CREATE_TENANT is given for every tenant', async () => {
  for (const token of [await tokenThatMay(api, 'CREATE_TENANT'), await tokenOfElsewhere(api)]) {
    const { status, body } = await create({ name: 'default' }, token);
    expect(status).toBe(403);
    expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action CREATE_TENANT denied' });
  }
  await api.seedAccessToken({ id: 'founder', tenantPermissions: [{ tenant: '*', allowedActions: ['CREATE_TENANT'] }] });
  expect((await create({ name: 'default' }, 'founder')).status).toBe(200);
});

test('403 beats what is wrong with the name', async () => {
  const { status } = await create({ name: '' }, await tokenThatMay(api));
  expect(status).toBe(403);
});

test.each([
  ['no name', {}],
  ['a null name', { name: null }],
  ['an empty name', { name: '' }],
  ['a blank name', { name: ' \t' }],
  ['a name that every address takes for its own folder', { name: '.' }],
  ['a name that every address takes for the folder above', { name: '..' }],
  ['a slash in the name', { name: 'a/b' }],
  ['a question mark in the name', { name: 'a?b' }],
  ['a hash in the name', { name: 'a#b' }],
  ['a line feed in the name', { name: 'a\nb' }],
  ['the name that means every tenant', { name: '*' }],
  ['a name that is no Unicode', { name: 'a\ud800' }],
  ['a name beyond 512 encoded bytes', { name: 'ü'.repeat(86) }],
  ['an id that is none', { name: 'x', id: '1' }],
  ['an unknown property', { name: 'x', roles: [] }],
  ['a scalar for a list', { name: 'x', availableRoles: 'R' }],
  ['a null role', { name: 'x', availableRoles: [null] }],
  ['a role that is no Unicode', { name: 'x', availableRoles: ['\udc00'] }],
  ['a definition without a name', { name: 'x', attributeDefinitions: [{}] }],
  ['a dotted name of a definition', { name: 'x', attributeDefinitions: [{ name: 'a.b' }] }],
  ['a dollar before the name of a definition', { name: 'x', attributeDefinitions: [{ name: '$a' }] }],
  ['an unknown property of a definition', { name: 'x', attributeDefinitions: [{ name: 'a', type: 'TEXT' }] }],
  ['metadata that is no object', { name: 'x', attributeDefinitions: [{ name: 'a', metadata: [] }] }],
  ['251 definitions', { name: 'x', attributeDefinitions: Array.from({ length: 251 }, (_, i) => ({ name: `a${i}` })) }],
  ['more than an item holds', { name: 'x', attributeDefinitions: [{ name: 'a', defaultValue: 'x'.repeat(420_000) }] }],
])('400 for %s', async (_, json) => {
  const { status, body } = await create(json);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: expect.any(String) });
  expect(body.message).not.toBe('');
});

test('the longest name works in every path', async () => {
  const name = 'ü'.repeat(85);
  expect((await create({ name })).status).toBe(200);
  expect((await get(name)).body.name).toBe(name);
});
