import { tokenThatMay } from '../../support/callers.ts';
import { definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: query.accessTokenId });
});
afterAll(() => api.stop());

const bare = {
  verifyNewProfiles: false,
  ssoEnabled: false,
  availableRoles: [],
  attributeDefinitions: [],
};

test('without a tenant there are none', async () => {
  expect(await api.request('GET', '/tenant/count', { query })).toMatchObject({ status: 200, body: 0 });
  expect(await api.request('GET', '/tenant/all', { query })).toMatchObject({ status: 200, body: [] });
});

test('all tenants are counted, and answered in the order of their creation', async () => {
  const third = await api.seedTenant({ name: 'a', createdAtMs: 3 });
  const first = await api.seedTenant({ name: 'z', createdAtMs: 1 });
  const second = await api.seedTenant({ name: 'all', createdAtMs: 2, cleanseAttributes: false });
  const count = await api.request('GET', '/tenant/count.json', { query });
  expect([count.status, count.bytes.toString()]).toEqual([200, '3']);
  const all = await api.request('GET', '/tenant/all', { query });
  expect([all.status, all.body]).toEqual([
    200,
    [
      { ...bare, id: first.id, name: 'z' },
      { ...bare, id: second.id, name: 'all', cleanseAttributes: false },
      { ...bare, id: third.id, name: 'a' },
    ],
  ]);
});

test.each(['count', 'all'])('403 from %s unless READ_TENANT is given for every tenant', async (what) => {
  const token = await tokenThatMay(api, 'READ_TENANT');
  const { status, body } = await api.request('GET', `/tenant/${what}`, { query: { accessTokenId: token } });
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action READ_TENANT denied' });
});

test('more tenants than an answer can hold are 400, before they are more than memory can', async () => {
  const defaultValue = Array.from({ length: 120_000 }, () => ({}));
  for (let at = 0; at < 16; at += 1)
    await api.seedTenant({ name: `large-${at}`, attributeDefinitions: [definition('x', { defaultValue })] });
  const { status, body } = await api.request('GET', '/tenant/all', { query });
  expect([status, body.message]).toEqual([400, 'The result is too large: use start and count']);
  expect((await api.request('GET', '/tenant/count', { query })).status).toBe(200);
});
