import { denied, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const get = (fields: Record<string, string>, token = accessTokenId) =>
  api.request('GET', '/profile/by_username', { query: { accessTokenId: token, ...fields } });
const absent = (username: string, tenant: string) => ({
  errorCode: 'NO_SUCH_PROFILE',
  message: `No profile found with username "${username}" in tenant "${tenant}"`,
});

test('the profile of exactly this username is answered', async () => {
  const profile = await api.seedProfile({ username: 'Jö+ 1%', email: 'jo@example.org', roles: ['R'], verified: true });
  const { status, body } = await get({ tenantName: 'default', username: 'Jö+ 1%' });
  expect(status).toBe(200);
  expect(body).toEqual({
    id: profile.id,
    username: 'Jö+ 1%',
    email: 'jo@example.org',
    verified: true,
    enabled: true,
    createdOn: profile.createdAtMs,
    lastModified: profile.lastModifiedMs,
    tenant: 'default',
    roles: ['R'],
    attributes: {},
  });
});

test.each([
  ['in other letters', 'MARA', 'default'],
  ['of another tenant', 'mara', 'other'],
  ['of an unknown tenant', 'mara', 'none'],
  ['that is empty', '', 'default'],
  ['of an earlier tenant of the same name', 'ghost', 'default'],
  ['of a tenant whose name is empty', 'mara', ''],
])('404 for a username %s', async (_, username, tenantName) => {
  await api.seedProfile({ username: 'mara' });
  await api.seedTenant({ name: 'other' });
  await api.seedProfile({ username: 'ghost', tenantId: '5a0000000000000000000000' });
  const { status, body } = await get({ tenantName, username });
  expect([status, body]).toEqual([404, absent(username, tenantName)]);
});

test('MANAGE_PROFILES comes before the look-up, READ_TENANT after it', async () => {
  await api.seedProfile({ username: 'known' });
  const reader = await tokenThatMay(api, 'READ_TENANT');
  const manager = await tokenThatMay(api, 'MANAGE_PROFILES');
  for (const username of ['known', 'unknown']) {
    const { status, body } = await get({ tenantName: 'default', username }, reader);
    expect([status, body]).toEqual([403, denied('MANAGE_PROFILES')]);
  }
  expect(await get({ tenantName: 'default', username: 'known' }, manager)).toMatchObject({
    status: 403,
    body: denied('READ_TENANT'),
  });
  expect((await get({ tenantName: 'default', username: 'unknown' }, manager)).status).toBe(404);
});

test.each([
  ['tenantName', {}],
  ['username', { tenantName: 'default' }],
])('400 without %s', async (missing, fields) => {
  const { status, body } = await get(fields);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: `Parameter "${missing}" is missing` });
});
