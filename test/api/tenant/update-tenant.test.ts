import { asApp } from '../../support/as-app.ts';
import { asAttributes } from '../../support/attributes.ts';
import { denied, tokenThatMay } from '../../support/callers.ts';
import { definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const update = (json: unknown, accessTokenId = 'app-token') =>
  api.request('POST', '/tenant/update', { query: { accessTokenId }, json });
const { readProfile } = asApp(() => api);

test('everything is replaced, and the whole tenant answered; the id of the body is ignored', async () => {
  const { id } = await api.seedTenant({ availableRoles: ['OLD'], attributeDefinitions: [definition('old')] });
  const json = {
    id: '5a00000000000000000000ff',
    name: 'default',
    verifyNewProfiles: true,
    ssoEnabled: true,
    cleanseAttributes: false,
    availableRoles: ['NEW'],
    attributeDefinitions: [definition('new', { metadata: { label: 'New' }, defaultValue: { a: [1, null] } })],
  };
  const answer = await update(json);
  expect([answer.status, answer.body]).toEqual([200, { ...json, id }]);
  expect((await api.request('GET', '/tenant/default', { query })).body).toEqual({ ...json, id });
});

test('what the body leaves out goes back to its default', async () => {
  const { id } = await api.seedTenant({
    verifyNewProfiles: true,
    ssoEnabled: true,
    availableRoles: ['A'],
    attributeDefinitions: [definition('x')],
  });
  const { status, body } = await update({ name: 'default' });
  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    name: 'default',
    verifyNewProfiles: false,
    ssoEnabled: false,
    availableRoles: [],
    attributeDefinitions: [],
  });
});

test.each([true, false])('cleanseAttributes stays %s where the body leaves it out, or has null', async (stored) => {
  await api.seedTenant({ cleanseAttributes: stored });
  for (const json of [{ name: 'default' }, { name: 'default', cleanseAttributes: null }]) {
    const { status, body } = await update(json);
    expect([status, body.cleanseAttributes ?? true]).toEqual([200, stored]);
  }
  const given = await update({ name: 'default', cleanseAttributes: !stored });
  expect(given.body.cleanseAttributes ?? true).toBe(!stored);
});

test('profiles lose roles and attributes that went, get missing default values, and keep lastModified', async () => {
  await api.seedTenant({ availableRoles: ['A', 'B'], attributeDefinitions: [definition('x'), definition('y')] });
  const profile = await api.seedProfile({
    roles: ['A', 'B', 'UNLISTED'],
    attributes: asAttributes([
      ['x', 1],
      ['y', 2],
    ]),
  });
  const defaults = [definition('y', { defaultValue: 'other' }), definition('z', { defaultValue: { deep: true } })];
  await update({ name: 'default', availableRoles: ['B'], attributeDefinitions: defaults });
  const { roles, attributes, lastModified } = await readProfile(profile.id);
  expect(roles.sort()).toEqual(['B', 'UNLISTED']);
  expect([attributes, lastModified]).toEqual([{ y: 2, z: { deep: true } }, profile.lastModifiedMs]);
});

test('values of a definition that was removed do not come back with it, and a new default takes their place', async () => {
  await api.seedTenant({ attributeDefinitions: [definition('x')] });
  const { id } = await api.seedProfile({ attributes: asAttributes([['x', 'old']]) });
  await update({ name: 'default' });
  await update({ name: 'default', attributeDefinitions: [definition('x')] });
  expect((await readProfile(id)).attributes).toEqual({});
  await update({ name: 'default', attributeDefinitions: [definition('x', { defaultValue: 'new' })] });
  expect((await readProfile(id)).attributes).toEqual({ x: 'new' });
});

test('a role that came back may be given again', async () => {
  await api.seedTenant({ availableRoles: ['A'] });
  const { id } = await api.seedProfile({ roles: ['A'] });
  await update({ name: 'default' });
  await update({ name: 'default', availableRoles: ['A'] });
  expect((await readProfile(id)).roles).toEqual([]);
  await api.request('POST', `/profile/${id}/roles/add`, { query, form: { role: 'A' } });
  expect((await readProfile(id)).roles).toEqual(['A']);
});

test('the same update over and over does not grow the tenant', async () => {
  await api.seedTenant();
  const json = { name: 'default', attributeDefinitions: [definition('x', { defaultValue: 'd'.repeat(1000) })] };
  for (let time = 0; time < 5; time++) await update(json);
  const stored = (await api.items('profiles')).find(({ pk, sk }) => pk === 'TENANT_BODY' && sk === 'default');
  expect(String(stored?.pending).length).toBeLessThan(1200);
});

test('404 for an unknown tenant', async () => {
  const { status, body } = await update({ name: 'nope' });
  expect([status, body]).toEqual([404, { errorCode: 'NO_SUCH_TENANT', message: 'Tenant "nope" does not exist' }]);
});

test('the permission to read comes before 404, and 404 before the permission to update', async () => {
  await api.seedTenant();
  const reader = await tokenThatMay(api, 'READ_TENANT');
  const updater = await tokenThatMay(api, 'UPDATE_TENANT');
  expect((await update({ name: 'default' }, updater)).body).toEqual(denied('READ_TENANT'));
  expect((await update({ name: 'default' }, reader)).body).toEqual(denied('UPDATE_TENANT'));
  expect((await update({ name: 'nope' }, reader)).body.errorCode).toBe('ACTION_DENIED');
  await api.seedAccessToken({
    id: 'reader-of-all',
    tenantPermissions: [{ tenant: '*', allowedActions: ['READ_TENANT'] }],
  });
  expect((await update({ name: 'nope' }, 'reader-of-all')).status).toBe(404);
});

test.each([
  ['without a name', {}, 'The name of the tenant is missing'],
  ['with an unknown property', { name: 'default', rolls: [] }, 'The body has unknown property "rolls"'],
  ['with an id that is none', { name: 'default', id: 'x' }, 'The body at "id" is not valid'],
  ['with a name that is no Unicode', { name: '\ud800' }, 'The body at "name" is not valid'],
  ['with a text for a list', { name: 'default', availableRoles: 'A' }, 'The body at "availableRoles" is not valid'],
  [
    'with a dotted definition name',
    { name: 'default', attributeDefinitions: [{ name: 'a.b' }] },
    'The name of an attribute must not be empty, contain "." or start with "$"',
  ],
  [
    'with more than 250 definitions',
    { name: 'default', attributeDefinitions: Array.from({ length: 251 }, (_, index) => ({ name: `a${index}` })) },
    'A tenant has at most 250 attribute definitions',
  ],
])('400 for a body %s', async (_, json, message) => {
  await api.seedTenant();
  const { status, body } = await update(json);
  expect([status, body]).toEqual([400, { errorCode: 'OTHER', message }]);
});

test('400 for a tenant that is too large for the store, which stays as it was', async () => {
  const before = await api.seedTenant();
  const large = Array.from({ length: 5 }, (_, index) =>
    definition(`a${index}`, { metadata: { text: 'm'.repeat(90_000) } }),
  );
  const { status, body } = await update({ name: 'default', attributeDefinitions: large });
  expect([status, body.errorCode]).toEqual([400, 'OTHER']);
  expect(body.message).toContain('400 KB');
  expect((await api.request('GET', '/tenant/default', { query })).body.attributeDefinitions).toEqual(
    before.attributeDefinitions,
  );
});
