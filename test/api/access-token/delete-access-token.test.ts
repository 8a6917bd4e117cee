import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'master', master: true, tenantPermissions: [] });
  await api.seedAccessToken({ id: 'app-token' });
});
afterAll(() => api.stop());

const remove = (id: string, accessTokenId = 'master') =>
  api.request('POST', `/access_token/${id}/delete`, { form: { accessTokenId } });

test('a token is unknown from that moment on, and the answer is empty', async () => {
  await api.seedAccessToken({ id: 'old' });
  const { status, headers, bytes } = await remove('old');
  expect([status, headers.get('content-type'), bytes.length]).toEqual([200, null, 0]);
  const used = await api.request('GET', '/tenant/count', { query: { accessTokenId: 'old' } });
  expect([used.status, used.body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
});

test('a token that is not there is no error', async () => {
  const { status, bytes } = await remove('none');
  expect([status, bytes.length]).toEqual([200, 0]);
});

test('a token may delete itself', async () => {
  await api.seedAccessToken({ id: 'self', master: true });
  expect((await remove('self', 'self')).status).toBe(200);
  expect((await remove('self', 'self')).status).toBe(403);
});

test('403 for a token that is not master, and nothing is deleted', async () => {
  const { status, body } = await remove('master', 'app-token');
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action DELETE_TOKEN denied on master' });
  expect((await remove('none')).status).toBe(200);
});
