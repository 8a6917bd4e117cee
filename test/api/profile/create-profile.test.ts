import { denied, tokenThatMay } from '../../support/callers.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { objectId } from '../../support/sessions.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;
const mara = { tenantName: 'default', username: 'mara', email: 'mara@example.org', enabled: 'true' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({
    attributeDefinitions: [
      definition('firstName', { metadata: { type: 'TEXT' } }),
      { ...definition('prefs'), defaultValue: { lang: 'en' } },
      definition('secret', { ...allowing('*', ['WRITE_ATTRIBUTE']), defaultValue: 'default' }),
      definition('readOnly', allowing('*', ['READ_ATTRIBUTE'])),
    ],
  });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

type Form = Record<string, string | readonly string[]>;
const create = (form: Form, token = accessTokenId) =>
  api.request('POST', '/profile/create', { form: { accessTokenId: token, ...form } });

test('a profile is stored and answered with all its attributes, readable or not', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const attributes = JSON.stringify({ firstName: 'Jö <b>', secret: [1, { deep: true }] });
  const { status, body } = await create({
    ...mara,
    password: 'secret',
    role: ['EDITOR', 'READER', 'EDITOR'],
    attributes,
  });
  expect(status).toBe(200);
  expect({ ...body, roles: body.roles.sort() }).toEqual({
    id: objectId,
    username: 'mara',
    email: 'mara@example.org',
    verified: false,
    enabled: true,
    createdOn: now,
    lastModified: now,
    tenant: 'default',
    roles: ['EDITOR', 'READER'],
    attributes: { firstName: 'J&ouml; &lt;b&gt;', prefs: { lang: 'en' }, secret: [1, { deep: true }] },
  });
  expect(body.id.slice(0, 8)).toBe(Math.floor(now / 1000).toString(16));
  const { body: read } = await api.request('GET', `/profile/${body.id}`, { query: { accessTokenId } });
  expect({ ...read, roles: read.roles.sort() }).toEqual({
    ...body,
    attributes: { firstName: 'J&ouml; &lt;b&gt;', prefs: { lang: 'en' } },
  });
  expect(api.mails).toEqual([]);
});

test('a null attribute is neither stored nor answered; the default stays', async () => {
  const attributes = '{"prefs":null,"firstName":null,"secret":{"a":null,"b":[null]}}';
  const { status, body } = await create({ ...mara, username: 'nulls', attributes });
  expect([status, body.attributes]).toEqual([200, { prefs: { lang: 'en' }, secret: { b: [null] } }]);
});

test.each(['', 'null', '{}'])('attributes may be "%s"', async (attributes) => {
  const { status, body } = await create({ ...mara, username: `none${attributes}`, attributes });
  expect([status, body.attributes]).toEqual([200, { prefs: { lang: 'en' }, secret: 'default' }]);
});

test('names of prototypes are names like any other: not defined', async () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const { status, body } = await create({ ...mara, username: 'proto', attributes: `{"${name}":{"a":1}}` });
    expect(status).toBe(400);
    expect(body).toEqual({
      errorCode: 'ATTRIBUTE_NOT_DEFINED',
      message: `Attribute "${name}" is not defined for tenant "default"`,
    });
  }
});

test('without a password it cannot sign in', async () => {
  await create({ ...mara, username: 'social', password: '' });
  const form = { accessTokenId, tenantName: 'default', username: 'social', password: '' };
  const { status, body } = await api.request('POST', '/authentication/authenticate', { form });
  expect([status, body.errorCode]).toEqual([401, 'BAD_CREDENTIALS']);
});

test('one username serves each tenant once, with regard to case', async () => {
  await api.seedTenant({ name: 'other' });
  await create({ ...mara, username: 'once' });
  const again = await create({ ...mara, username: 'once', email: 'else@example.org' });
  expect(again.status).toBe(409);
  expect(again.body).toEqual({
    errorCode: 'PROFILE_EXISTS',
    message: 'A profile with username "once" exists already',
  });
  expect((await create({ ...mara, username: 'Once' })).status).toBe(200);
  expect((await create({ ...mara, username: 'once', tenantName: 'other' })).status).toBe(200);
});

test('tenant and username cannot be shifted into each other', async () => {
  await api.seedTenant({ name: 'a' });
  await api.seedTenant({ name: 'a%23b' });
  expect((await create({ ...mara, tenantName: 'a', username: 'b#c' })).status).toBe(200);
  expect((await create({ ...mara, tenantName: 'a%23b', username: 'c' })).status).toBe(200);
});

test('a username of an earlier tenant of the same name is free', async () => {
  await api.seedProfile({ username: 'ghost', tenantId: '5a0000000000000000000000' });
  const { status } = await create({ ...mara, username: 'ghost' });
  expect(status).toBe(200);
});

test.each([
  ['tenantName', {}],
  ['username', { tenantName: 'default' }],
  ['email', { tenantName: 'default', username: 'x' }],
  ['enabled', { tenantName: 'default', username: 'x', email: 'no address' }],
])('400 without %s, the first that is missing', async (missing, form) => {
  const { status, body } = await create(form);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: `Parameter "${missing}" is missing` });
});

test.each([
  ['an empty flag', { enabled: '' }],
  ['a flag that is none', { enabled: 'maybe' }],
  ['an empty username', { username: '' }],
  ['a username beyond 1,024 bytes', { username: 'ü'.repeat(513) }],
  ['attributes nested beyond 100', { attributes: `{"secret":${'['.repeat(101)}${']'.repeat(101)}}` }],
  ['attributes that are no Unicode', { attributes: '{"secret":"\\ud800"}' }],
  ['a number that no double holds', { attributes: '{"secret":1e400}' }],
  ['more than an item holds', { attributes: JSON.stringify({ secret: 'x'.repeat(420_000) }) }],
])('400 for %s', async (_, change) => {
  const { status, body } = await create({ ...mara, username: 'limits', ...change });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: expect.any(String) });
});

test('400 for more than 250 attributes in one call', async () => {
  const attributes = JSON.stringify(Object.fromEntries(Array.from({ length: 251 }, (_, i) => [`a${i}`, 1])));
  const { status, body } = await create({ ...mara, attributes });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'More than 250 attributes in one call' });
});

describe('the order of the checks', () => {
  test('the access token comes before everything', async () => {
    const { status, body } = await create({ ...mara, attributes: 'no json' }, 'stranger');
    expect([status, body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
  });

  test.each(['no json', '[]', '"text"', '5'])('attributes "%s" come before every permission', async (attributes) => {
    const { status, body } = await create({ ...mara, email: '', attributes }, await tokenThatMay(api));
    expect(status).toBe(400);
    expect(body).toEqual({
      errorCode: 'PARAM_DESERIALIZATION_ERROR',
      message: 'Parameter "attributes" is not a JSON object',
    });
  });

  test('MANAGE_PROFILES comes before the e-mail address', async () => {
    const { status, body } = await create({ ...mara, email: '' }, await tokenThatMay(api, 'READ_TENANT'));
    expect([status, body]).toEqual([403, denied('MANAGE_PROFILES')]);
  });

  test('the e-mail address comes before READ_TENANT and the tenant', async () => {
    const { status, body } = await create({ ...mara, email: 'a@', tenantName: 'none' });
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'INVALID_EMAIL_ADDRESS', message: '"a@" is not a valid e-mail address' });
    const manager = await tokenThatMay(api, 'MANAGE_PROFILES');
    expect((await create({ ...mara, email: 'a@' }, manager)).status).toBe(400);
  });

  test('READ_TENANT comes before the tenant, the tenant before the attributes', async () => {
    const manager = await tokenThatMay(api, 'MANAGE_PROFILES');
    const attributes = '{"undefined":1}';
    expect(await create({ ...mara, attributes }, manager)).toMatchObject({ status: 403, body: denied('READ_TENANT') });
    const { status, body } = await create({ ...mara, tenantName: 'none', attributes });
    expect(status).toBe(404);
    expect(body).toEqual({ errorCode: 'NO_SUCH_TENANT', message: 'Tenant "none" does not exist' });
  });

  test('attributes are checked one after the other, as they are given', async () => {
    const deniedFirst = await create({ ...mara, attributes: '{"readOnly":1,"undefined":1}' });
    expect(deniedFirst.status).toBe(403);
    expect(deniedFirst.body).toEqual({
      errorCode: 'ACTION_DENIED',
      message: 'Action WRITE_ATTRIBUTE denied on attribute "readOnly"',
    });
    const undefinedFirst = await create({ ...mara, attributes: '{"undefined":null,"readOnly":1}' });
    expect([undefinedFirst.status, undefinedFirst.body.errorCode]).toEqual([400, 'ATTRIBUTE_NOT_DEFINED']);
  });

  test('attributes come before a taken username', async () => {
    const { body } = await create({ ...mara, attributes: '{"undefined":1}' });
    expect(body.errorCode).toBe('ATTRIBUTE_NOT_DEFINED');
  });
});

test('400 for an address that no key can hold', async () => {
  const { status, body } = await create({ ...mara, username: 'long', email: `${'漢'.repeat(900)}@example.org` });
  expect([status, body.errorCode]).toEqual([400, 'INVALID_EMAIL_ADDRESS']);
});
