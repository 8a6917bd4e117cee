import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'master' };

beforeAll(async () => {
  api = await startLocalApi({ env: { WIRE_LINE: '3.1.0' } });
  await api.seedAccessToken({ id: 'master', master: true });
  await api.seedAccessToken({ id: 'expired', expiresOnMs: 1 });
  await api.seedTenant();
});
afterAll(() => api.stop());

test.each<[string, string, ApiRequest, number, string]>([
  ['GET', '/tenant/count', {}, 403, 'ACCESS_DENIED'],
  ['GET', '/tenant/count', { query: { accessTokenId: 'expired' } }, 403, 'ACCESS_DENIED'],
  ['GET', '/tenant/none', { query }, 404, 'NO_SUCH_TENANT'],
  ['GET', '/profile/none', { query }, 404, 'NO_SUCH_PROFILE'],
  ['GET', '/authentication/persistent_login/none', { query }, 404, 'NO_SUCH_PERSISTENT_LOGIN'],
  ['POST', '/profile/none/enable', { query }, 404, 'NO_SUCH_PROFILE'],
  ['POST', '/profile/verify', { query: { ...query, verificationTokenId: 'x' } }, 404, 'NO_SUCH_VERIFICATION_TOKEN'],
  ['POST', '/tenant/create', { query, json: { name: 'default' } }, 409, 'TENANT_EXISTS'],
])('%s %s is answered as on the newest line', async (method, path, request, status, errorCode) => {
  const answer = await api.request(method, path, request);
  expect([answer.status, answer.body]).toEqual([status, { errorCode, message: expect.any(String) }]);
});
