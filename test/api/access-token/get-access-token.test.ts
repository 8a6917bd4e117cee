import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'master', master: true, tenantPermissions: [] });
  await api.seedAccessToken({ id: 'app-token' });
});
afterAll(() => api.stop());

const get = (id: string, accessTokenId = 'master') =>
  api.request('GET', `/access_token/${id}`, { query: { accessTokenId } });

test.each(['', '.json'])('a token is answered (suffix "%s")', async (suffix) => {
  await api.seedAccessToken({ id: 'partner.example com', application: null, expiresOnMs: 1_500_000_000_000 });
  const { status, body } = await get(`partner.example%20com${suffix}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    id: 'partner.example com',
    application: null,
    master: false,
    tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
    expiresOn: 1_500_000_000_000,
  });
});

test('404 for an unknown id, in the published words', async () => {
  const { status, body } = await get('none');
  expect(status).toBe(404);
  expect(body).toEqual({ errorCode: 'NO_SUCH_ACCESS_TOKEN_ID', message: 'No access token found for ID "none"' });
});

test.each(['app-token', 'none'])('403 for a token that is not master, before %s is looked for', async (id) => {
  const { status, body } = await get(id, 'app-token');
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: `Action READ_TOKEN denied on ${id}` });
});
