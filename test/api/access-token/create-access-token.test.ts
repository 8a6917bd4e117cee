import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { uuid } from '../../support/sessions.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'master', master: true, tenantPermissions: [] });
  await api.seedAccessToken({ id: 'app-token' });
});
afterAll(() => api.stop());

const create = (json: unknown, accessTokenId = 'master') =>
  api.request('POST', '/access_token/create', { query: { accessTokenId }, json });

const full = {
  id: 'newsletter-token',
  application: 'newsletter',
  master: false,
  tenantPermissions: [
    { tenant: 'acme', allowedActions: ['READ_TENANT', 'MANAGE_PROFILES'] },
    { tenant: '*', allowedActions: null },
  ],
  expiresOn: 1_893_456_000_000,
};

test('a token is stored and answered as it was given', async () => {
  const { status, body } = await create(full);
  expect([status, body]).toEqual([200, full]);
  const read = await api.request('GET', '/access_token/newsletter-token', { query: { accessTokenId: 'master' } });
  expect(read.body).toEqual(full);
});

test('what is not given takes its default', async () => {
  const { status, body } = await create({});
  expect(status).toBe(200);
  expect(body).toEqual({ id: uuid, application: null, master: false, tenantPermissions: [], expiresOn: null });
});

test('null counts as not given, a permission without tenant means any', async () => {
  const { status, body } = await create({
    id: null,
    application: null,
    master: null,
    tenantPermissions: [{ allowedActions: ['READ_TENANT'] }],
    expiresOn: null,
  });
  expect(status).toBe(200);
  expect(body.tenantPermissions).toEqual([{ tenant: '*', allowedActions: ['READ_TENANT'] }]);
});

test('scalars are read leniently', async () => {
  const { status, body } = await create({ id: 5, application: true, master: 'true', expiresOn: '2030-01-01' });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: '5',
    application: 'true',
    master: true,
    tenantPermissions: [],
    expiresOn: 1_893_456_000_000,
  });
});

test.each([
  '*',
  '...',
  '.a',
  'a..b',
  'a b',
  'a+b&c=d;e',
  'ü €😀',
  'x.json',
  'all',
  'create',
  '100%',
  '%2f',
  'a\\b',
  '\u0085',
  '\'"<>|^`{}[]~:@!$()',
])('a token called %j is named by its URL to the end', async (id) => {
  expect((await create({ id })).status).toBe(200);
  const query = { accessTokenId: 'master' };
  const ended = await api.request('POST', `/access_token/${encodeURIComponent(id)}/delete.json`, { query });
  expect(ended.status).toBe(200);
  expect((await create({ id })).status).toBe(200);
});

test('409 for a taken id, and the token that has it stays', async () => {
  await create({ id: 'taken', application: 'first' });
  const { status, body } = await create({ id: 'taken', application: 'second' });
  expect(status).toBe(409);
  expect(body).toEqual({
    errorCode: 'ACCESS_TOKEN_EXISTS',
    message: 'An access token with ID "taken" exists already',
  });
  const read = await api.request('GET', '/access_token/taken', { query: { accessTokenId: 'master' } });
  expect(read.body.application).toBe('first');
});

test('403 for a token that is not master, whatever it may do', async () => {
  const { status, body } = await create(full, 'app-token');
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action CREATE_TOKEN denied' });
});

test.each([
  ['an unknown property', { ...full, id: 'x', expires: 1 }],
  ['an unknown property of a permission', { tenantPermissions: [{ tenant: 'a', actions: ['*'] }] }],
  ['a null tenant of a permission', { tenantPermissions: [{ tenant: null, allowedActions: ['*'] }] }],
  ['a scalar for a list', { tenantPermissions: 'READ_TENANT' }],
  ['an empty id', { id: '' }],
  ['an id that no key can hold', { id: 'x'.repeat(1025) }],
  ['an id that is no Unicode', { id: '\ud800' }],
  ['an application that is no Unicode', { application: 'a\ud800' }],
  ['a tenant that is no Unicode', { tenantPermissions: [{ tenant: '\udc00' }] }],
  ['an action that is no Unicode', { tenantPermissions: [{ allowedActions: ['\ud800'] }] }],
  ['a date that is none', { expiresOn: 'tomorrow' }],
  ['a date with more behind it', { expiresOn: '2030-01-01junk' }],
  ['a day that no calendar has', { expiresOn: '2030-02-30' }],
  ['a date in hexadecimal digits', { expiresOn: '0x10' }],
  ['a date in powers of ten', { expiresOn: '1e12' }],
  ['blanks around milliseconds', { expiresOn: ' 5 ' }],
  ['milliseconds beyond all calendars, as text', { expiresOn: '8640000000000001' }],
  ['more digits than a number has', { expiresOn: '9'.repeat(400) }],
  ['half a millisecond', { expiresOn: 0.5 }],
  ['a date that is true', { expiresOn: true }],
  ['a date beyond all calendars', { expiresOn: -9_007_199_254_740_991 }],
  ['a list', []],
  ['null', null],
  ['text', 'token'],
])('400 for %s', async (_, json) => {
  const { status, body } = await create(json);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: expect.any(String) });
});

test.each(['a/b', '/', '.', '..', 'a?b', '#', 'a\nb', '\0', '\u007f'])(
  '400 for the id %j, which no URL can name',
  async (id) => {
    const { status, body } = await create({ id });
    expect([status, body]).toEqual([
      400,
      {
        errorCode: 'OTHER',
        message:
          'The id of an access token must not be empty, "." or "..", or contain "/", "?", "#" or control characters',
      },
    ]);
  },
);

test.each([
  ['no body', ''],
  ['broken JSON', '{"id":'],
])('400 for %s', async (_, body) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await api.request('POST', '/access_token/create', {
    query: { accessTokenId: 'master' },
    body,
    headers,
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ errorCode: 'OTHER', message: 'The body is not readable JSON' });
});

test('415 for a form, after the access token was looked at', async () => {
  const wrongType = { form: { accessTokenId: 'master', id: 'x' } };
  const { status, body } = await api.request('POST', '/access_token/create', {
    query: { accessTokenId: 'master' },
    ...wrongType,
  });
  expect(status).toBe(415);
  expect(body).toEqual({
    errorCode: 'OTHER',
    message: 'Content type "application/x-www-form-urlencoded" is not supported here',
  });
  const stranger = await api.request('POST', '/access_token/create', wrongType);
  expect([stranger.status, stranger.body.errorCode]).toEqual([403, 'ACCESS_DENIED']);
});

test.each([
  ['2030-01-01T00:00:00', 1_893_456_000_000],
  ['2030-01-01T00:00:00.000+0000', 1_893_456_000_000],
  ['1893456000000', 1_893_456_000_000],
  ['-1', -1],
  ['', null],
  [' ', null],
])('the date %j is read as %j, wherever the server is', async (expiresOn, read) => {
  const { status, body } = await create({ expiresOn });
  expect([status, body.expiresOn]).toEqual([200, read]);
});

test('an expired token with the earliest of dates is told so', async () => {
  await create({ id: 'ancient', expiresOn: -8_640_000_000_000_000 });
  const { status, body } = await create({}, 'ancient');
  expect([status, body.errorCode]).toEqual([403, 'ACCESS_DENIED']);
  expect(body.message).toMatch(/ expired on 04\/20\/-271821$/);
});
