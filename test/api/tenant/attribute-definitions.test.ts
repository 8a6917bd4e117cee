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

const path = (what: string, tenant = 'default') => `/tenant/${tenant}/attribute_definitions/${what}`;
const add = (json: unknown) => api.request('POST', path('add'), { query, json });
const update = (json: unknown) => api.request('POST', path('update'), { query, json });
const remove = (...attributeName: string[]) => api.request('POST', path('remove'), { query, form: { attributeName } });
const namesOf = (body: { attributeDefinitions: { name: string }[] }) =>
  body.attributeDefinitions.map(({ name }) => name);
const attributesOf = async (id: string) => (await api.request('GET', `/profile/${id}/attributes`, { query })).body;
const sweeps = async () => (await api.items('profiles')).filter(({ pk }) => pk === 'SWEEP');

/** A tenant with `a` and `b`, `b` with a default value, and a profile that has `a` only. */
async function seed() {
  const tenant = await api.seedTenant({
    availableRoles: ['A'],
    attributeDefinitions: [definition('a'), definition('b', { defaultValue: 'default' })],
  });
  return { tenant, profile: await api.seedProfile({ attributes: asAttributes([['a', 1]]) }) };
}

test('add: definitions are appended, and the whole tenant answered', async () => {
  const { tenant } = await seed();
  const added = definition('c', { metadata: { label: 'C', displayOrder: 1 }, defaultValue: { x: [1, 2.5, null] } });
  const { status, body } = await add([added]);
  expect(status).toBe(200);
  expect(body).toEqual({
    id: tenant.id,
    name: 'default',
    verifyNewProfiles: false,
    ssoEnabled: false,
    availableRoles: ['A'],
    attributeDefinitions: [...tenant.attributeDefinitions, added],
  });
});

test('add: what a definition leaves out takes its default', async () => {
  await seed();
  const { body } = await add([{ name: 'c' }]);
  expect(body.attributeDefinitions[2]).toEqual({ name: 'c', metadata: null, defaultValue: null, permissions: [] });
});

test('add: known names and repeats are skipped', async () => {
  await seed();
  const { body } = await add([
    definition('a', { defaultValue: 'new' }),
    definition('c'),
    { name: 'c', permissions: [] },
  ]);
  expect([namesOf(body), body.attributeDefinitions[0].defaultValue, body.attributeDefinitions[2].permissions]).toEqual([
    ['a', 'b', 'c'],
    null,
    definition('c').permissions,
  ]);
});

test('add: profiles get every default value that they lack, that of older definitions too', async () => {
  const { profile } = await seed();
  expect(await attributesOf(profile.id)).toEqual({ a: 1 });
  await add([definition('c', { defaultValue: 0 })]);
  expect(await attributesOf(profile.id)).toEqual({ a: 1, b: 'default', c: 0 });
  await api.request('POST', `/profile/${profile.id}/attributes/remove`, { query, form: { attributeName: 'b' } });
  expect(await attributesOf(profile.id)).toEqual({ a: 1, c: 0 });
  await add([]);
  expect(await attributesOf(profile.id)).toEqual({ a: 1, b: 'default', c: 0 });
});

test('update: a definition takes the whole place of the one of its name and stays in its position', async () => {
  await seed();
  const { status, body } = await update([{ name: 'a', metadata: { label: 'New' } }, definition('unknown')]);
  expect(status).toBe(200);
  expect(body.attributeDefinitions).toEqual([
    { name: 'a', metadata: { label: 'New' }, defaultValue: null, permissions: [] },
    definition('b', { defaultValue: 'default' }),
  ]);
});

test('update: of several with one name the last one stays', async () => {
  await seed();
  const { body } = await update([definition('a', { defaultValue: 1 }), definition('a', { defaultValue: 2 })]);
  expect(body.attributeDefinitions[0]).toEqual(definition('a', { defaultValue: 2 }));
});

test('update: no profile gets a default value, and there is nothing to sweep', async () => {
  const { profile } = await seed();
  const open = (await sweeps()).length;
  await update([definition('b', { defaultValue: 'changed' })]);
  expect(await attributesOf(profile.id)).toEqual({ a: 1 });
  expect(await sweeps()).toHaveLength(open);
});

test('remove: definition and values are gone, and unknown names are ignored', async () => {
  const { tenant, profile } = await seed();
  const { status, body } = await remove('a', 'unknown');
  expect([status, body.id, namesOf(body)]).toEqual([200, tenant.id, ['b']]);
  expect(await attributesOf(profile.id)).toEqual({});
});

test('remove: names in one value are split at commas', async () => {
  await seed();
  expect(namesOf((await remove('a, b')).body)).toEqual([]);
});

describe('names that no list of names could name', () => {
  const names = ['a,b', ' a', 'a ', '\u00a0a', ',', ' '];
  const message = 'The name of an attribute must not contain "," or have blanks around it';

  test.each(names)('add, and a whole tenant: 400 for %j', async (name) => {
    await seed();
    const refused = { status: 400, body: { errorCode: 'OTHER', message } };
    expect(await add([{ name }])).toMatchObject(refused);
    const json = { name: 'default', attributeDefinitions: [{ name }] };
    expect(await api.request('POST', '/tenant/update', { query, json })).toMatchObject(refused);
    expect(await api.request('POST', '/tenant/create', { query, json: { ...json, name: 'new' } })).toMatchObject(
      refused,
    );
  });

  test.each(names)(
    '%j from before the rule can be updated, sent back, written, asked for and removed',
    async (name) => {
      await api.seedTenant({ attributeDefinitions: [definition('a'), definition(name)] });
      const { id } = await api.seedProfile({ attributes: asAttributes([['a', 1]]) });
      const updated = definition(name, { metadata: { label: 'New' } });
      expect((await update([updated])).body.attributeDefinitions[1]).toEqual(updated);
      expect(namesOf((await add([updated, definition('c')])).body)).toEqual(['a', name, 'c']);
      const json = { name: 'default', attributeDefinitions: [definition('a'), updated] };
      expect((await api.request('POST', '/tenant/update', { query, json })).status).toBe(200);
      await api.request('POST', `/profile/${id}/attributes/update`, { query, json: { [name]: 2 } });
      const twice = (parameter: string) => ({ accessTokenId: 'app-token', [parameter]: [name, name] });
      const asked = await api.request('GET', `/profile/${id}/attributes`, { query: twice('attributesToReturn') });
      expect(asked.body).toEqual({ [name]: 2 });
      await api.request('POST', `/profile/${id}/attributes/remove`, { form: twice('attributeName') });
      expect(await attributesOf(id)).toEqual({ a: 1 });
      expect(namesOf((await remove(name, name)).body)).toEqual(['a']);
    },
  );
});

test('400 for a name that is longer than the store can hold, which an attribute of its greatest length is not', async () => {
  await seed();
  const { status, body } = await add([{ name: 'ü'.repeat(32_768) }]);
  expect([status, body]).toEqual([
    400,
    { errorCode: 'OTHER', message: 'The name of an attribute is longer than 65535 bytes' },
  ]);
  const longest = 'x'.repeat(65_535);
  expect((await add([definition(longest)])).status).toBe(200);
  const { id } = await api.seedProfile();
  const json = { [longest]: 1 };
  expect((await api.request('POST', `/profile/${id}/attributes/update`, { query, json })).status).toBe(200);
  expect((await attributesOf(id))[longest]).toBe(1);
});

test('remove: a value does not come back with its definition, only a default value does', async () => {
  const { profile } = await seed();
  await remove('a');
  await add([definition('a')]);
  expect(await attributesOf(profile.id)).toEqual({ b: 'default' });
  await remove('a');
  await add([definition('a', { defaultValue: 'fresh' })]);
  expect(await attributesOf(profile.id)).toEqual({ a: 'fresh', b: 'default' });
});

test('remove: a profile that is written next is stored without the value', async () => {
  const { profile } = await seed();
  await remove('a');
  await api.request('POST', `/profile/${profile.id}/enable`, { query });
  const stored = (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${profile.id}` && sk === 'PROFILE');
  expect(stored?.attributes).toEqual({});
});

test('remove: 400 where no name is given', async () => {
  const { status, body } = await api.request('POST', path('remove'), { query });
  expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: 'Parameter "attributeName" is missing' }]);
});

describe.each([
  ['add', { json: [] }],
  ['update', { json: [] }],
  ['remove', { form: { attributeName: 'a' } }],
] as const)('%s', (what, request) => {
  const call = (accessTokenId: string, tenant?: string) =>
    api.request('POST', path(what, tenant), { query: { accessTokenId }, ...request });

  test('the permission to read, then 404, then the permission to update', async () => {
    await seed();
    expect((await call(await tokenThatMay(api, 'UPDATE_TENANT'))).body).toEqual(denied('READ_TENANT'));
    expect((await call(await tokenThatMay(api, 'READ_TENANT'))).body).toEqual(denied('UPDATE_TENANT'));
    const { status, body } = await call('app-token', 'nope');
    expect([status, body]).toEqual([404, { errorCode: 'NO_SUCH_TENANT', message: 'Tenant "nope" does not exist' }]);
  });

  test('nothing changes where the permission is missing', async () => {
    const { profile, tenant } = await seed();
    await call(await tokenThatMay(api, 'READ_TENANT'));
    expect((await api.request('GET', '/tenant/default', { query })).body.attributeDefinitions).toEqual(
      tenant.attributeDefinitions,
    );
    expect(await attributesOf(profile.id)).toEqual({ a: 1 });
  });
});

describe.each([
  ['add', add],
  ['update', update],
] as const)('%s', (_, call) => {
  test.each([
    ['one definition instead of a list', definition('x')],
    ['null', null],
    ['an unknown property', [{ name: 'x', kind: 'TEXT' }]],
    ['a definition without a name', [{}]],
    ['a dotted name', [{ name: 'a.b' }]],
    ['a name that starts with $', [{ name: '$a' }]],
    ['metadata that is a list', [{ name: 'x', metadata: [] }]],
  ])('400 for %s', async (_what, json) => {
    await seed();
    const { status, body } = await call(json);
    expect([status, body.errorCode]).toEqual([400, 'OTHER']);
  });
});

test('add: 250 definitions fit, the 251st is a 400', async () => {
  await api.seedTenant();
  const many = Array.from({ length: 250 }, (_, index) => definition(`n${index}`, { defaultValue: index }));
  const { id } = await api.seedProfile();
  expect((await add(many)).status).toBe(200);
  expect(Object.keys(await attributesOf(id))).toHaveLength(250);
  await api.request('POST', `/profile/${id}/enable`, { query });
  const { status, body } = await add([definition('one-more')]);
  expect([status, body.message]).toEqual([400, 'A tenant has at most 250 attribute definitions']);
});

test('415 for a list in a form', async () => {
  const { status } = await api.request('POST', path('add'), { query, form: { name: 'x' } });
  expect(status).toBe(415);
});
