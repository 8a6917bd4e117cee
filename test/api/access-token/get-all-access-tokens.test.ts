import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'z-first', master: true, tenantPermissions: [], createdAtMs: 1 });
  await api.seedAccessToken({ id: 'a-second', createdAtMs: 2 });
  await api.seedAccessToken({ id: 'm-third', createdAtMs: 3, expiresOnMs: 1_500_000_000_000 });
});
afterAll(() => api.stop());

test('all tokens are answered in the order of their creation, expired ones too', async () => {
  const { status, body } = await api.request('GET', '/access_token/all', { query: { accessTokenId: 'z-first' } });
  const open = [{ tenant: '*', allowedActions: ['*'] }];
  expect(status).toBe(200);
  expect(body).toEqual([
    { id: 'z-first', application: 'app', master: true, tenantPermissions: [], expiresOn: null },
    { id: 'a-second', application: 'app', master: false, tenantPermissions: open, expiresOn: null },
    { id: 'm-third', application: 'app', master: false, tenantPermissions: open, expiresOn: 1_500_000_000_000 },
  ]);
});

test('403 for a token that is not master', async () => {
  const { status, body } = await api.request('GET', '/access_token/all', { query: { accessTokenId: 'a-second' } });
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action READ_TOKEN denied' });
});
