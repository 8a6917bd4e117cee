import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const remove = (name: string, accessTokenId = 'app-token') =>
  api.request('POST', `/tenant/${encodeURIComponent(name)}/delete`, { query: { accessTokenId } });
const get = (path: string, parameters = {}) => api.request('GET', path, { query: { ...query, ...parameters } });

test('200 without body, and tenant and profiles are absent at once, the sweep to follow', async () => {
  const tenant = await api.seedTenant();
  const { id, username } = await api.seedProfile({ username: 'jo' });
  const { status, headers, bytes } = await remove('default');
  expect([status, headers.get('content-type'), headers.get('content-length'), bytes.length]).toEqual([
    200,
    null,
    '0',
    0,
  ]);
  expect((await get('/tenant/default')).status).toBe(404);
  expect((await get(`/profile/${id}`)).body.errorCode).toBe('NO_SUCH_PROFILE');
  expect((await get('/profile/by_username', { tenantName: 'default', username })).status).toBe(404);
  expect((await get('/profile/count', { tenantName: 'default' })).body).toBe(0);
  const index = { fields: ['*', 'roles'], shards: 1 };
  expect((await api.items('profiles')).filter(({ pk }) => pk === 'SWEEP')).toEqual([
    {
      pk: 'SWEEP',
      sk: tenant.id,
      tenant: 'default',
      kind: 'delete',
      index,
      openedAtMs: expect.any(Number),
      revision: expect.any(String),
    },
  ]);
});

test('sessions of its profiles are dead at once', async () => {
  await api.seedTenant();
  const { id: profileId } = await api.seedProfile();
  const ticket = await api.request('POST', '/authentication/ticket/create', { query, form: { profileId } });
  await remove('default');
  expect((await get(`/authentication/ticket/${ticket.body.id}`)).status).toBe(404);
});

test('a tenant made anew under the name has no old profiles, and their usernames are free', async () => {
  await api.seedTenant();
  await api.seedProfile({ username: 'anna' });
  await remove('default');
  expect((await api.request('POST', '/tenant/create', { query, json: { name: 'default' } })).status).toBe(200);
  expect((await get('/profile/range', { tenantName: 'default' })).body).toEqual([]);
  const form = { tenantName: 'default', username: 'anna', email: 'anna@example.com', enabled: 'true' };
  expect((await api.request('POST', '/profile/create', { query, form })).status).toBe(200);
});

test.each(['nope', 'default', 'my.tenant'])('200 for "%s" that is not there (any more)', async (name) => {
  await remove(name);
  const { status, bytes } = await remove(name);
  expect([status, bytes.length]).toEqual([200, 0]);
});

test('403 without the permission, whether the tenant is there or not', async () => {
  await api.seedTenant();
  const others = await tokenThatMay(api, 'READ_TENANT', 'UPDATE_TENANT', 'CREATE_TENANT');
  const { status, body } = await remove('default', others);
  expect([status, body]).toEqual([403, denied('DELETE_TENANT')]);
  expect((await remove('nope', await tokenOfElsewhere(api))).status).toBe(403);
  expect((await get('/tenant/default')).status).toBe(200);
});

test('the permission to delete is enough', async () => {
  await api.seedTenant();
  expect((await remove('default', await tokenThatMay(api, 'DELETE_TENANT'))).status).toBe(200);
});

test('of calls at once all succeed', async () => {
  await api.seedTenant();
  const answers = await Promise.all(Array.from({ length: 8 }, () => remove('default')));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
});
