import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'master';
const unknownId = '5a0000000000000000000000';

beforeAll(async () => {
  api = await startLocalApi({ env: { WIRE_LINE: '3.0' } });
  await api.seedAccessToken({ id: accessTokenId, master: true });
  await api.seedAccessToken({ id: 'expired', expiresOnMs: 1 });
  await api.seedTenant({ cleanseAttributes: false });
  profile = await api.seedProfile({ username: 'mara' });
});
afterAll(() => api.stop());

test.each([
  ['a missing access token', {}, 401, 'MISSING_ACCESS_TOKEN_ID_PARAM'],
  ['an empty access token', { accessTokenId: '' }, 401, 'MISSING_ACCESS_TOKEN_ID_PARAM'],
  ['an unknown access token', { accessTokenId: 'none' }, 403, 'NO_SUCH_ACCESS_TOKEN_ID'],
  ['an expired access token', { accessTokenId: 'expired' }, 403, 'EXPIRED_ACCESS_TOKEN'],
])('%s', async (_, query, status, errorCode) => {
  const answer = await api.request('GET', '/tenant/count', { query });
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ errorCode, message: expect.any(String) });
});

test.each([
  ['/access_token/none', {}],
  ['/tenant/none', {}],
  [`/profile/${unknownId}`, {}],
  ['/profile/none.json', {}],
  ['/profile/by_username', { tenantName: 'default', username: 'none' }],
  ['/profile/by_username', { tenantName: 'none', username: 'none' }],
  ['/profile/verification_token/none', {}],
  ['/authentication/ticket/none', {}],
  ['/authentication/persistent_login/none', {}],
])('what is not there is an empty 200: GET %s %j', async (path, fields) => {
  const { status, headers, bytes } = await api.request('GET', path, { query: { accessTokenId, ...fields } });
  expect([status, headers.get('content-type'), bytes.length]).toEqual([200, null, 0]);
});

const form = { accessTokenId };
test.each<[string, string, ApiRequest, number, string]>([
  ['GET', '/profile/none/attributes', { query: form }, 400, 'NO_SUCH_PROFILE'],
  ['POST', '/profile/none/enable', { form }, 400, 'NO_SUCH_PROFILE'],
  ['POST', '/profile/none/update', { form }, 400, 'NO_SUCH_PROFILE'],
  ['POST', '/authentication/ticket/create', { form: { ...form, profileId: 'none' } }, 400, 'NO_SUCH_PROFILE'],
  ['POST', '/tenant/none/roles/add', { form: { ...form, role: 'R' } }, 400, 'NO_SUCH_TENANT'],
  ['POST', '/authentication/persistent_login/none/refresh_token', { form }, 400, 'NO_SUCH_PERSISTENT_LOGIN'],
  ['GET', '/profile/by_ticket', { query: { ...form, ticketId: 'none' } }, 400, 'NO_SUCH_TICKET'],
  ['POST', '/profile/verify', { form: { ...form, verificationTokenId: 'none' } }, 403, 'NO_SUCH_VERIFICATION_TOKEN'],
  [
    'POST',
    '/profile/change_password',
    { form: { ...form, resetTokenId: 'none', newPassword: 'x' } },
    403,
    'NO_SUCH_VERIFICATION_TOKEN',
  ],
  ['POST', '/access_token/create', { query: form, json: { id: 'expired' } }, 400, 'ACCESS_TOKEN_EXISTS'],
  ['POST', '/tenant/create', { query: form, json: { name: 'default' } }, 400, 'TENANT_EXISTS'],
  [
    'POST',
    '/profile/create',
    { form: { ...form, tenantName: 'default', username: 'mara', email: 'a@b', enabled: 'true' } },
    400,
    'PROFILE_EXISTS',
  ],
])('%s %s', async (method, path, request, status, errorCode) => {
  const answer = await api.request(method, path, request);
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({ errorCode, message: expect.any(String) });
});

test('cleansing, which the line does not know, is never written', async () => {
  const { body } = await api.request('GET', '/tenant/default', { query: form });
  expect(Object.keys(body)).not.toContain('cleanseAttributes');
});

test('what is there is answered as on the other line', async () => {
  const { status, body } = await api.request('GET', `/profile/${profile.id}`, { query: form });
  expect([status, body.username]).toEqual([200, 'mara']);
});

test('permissions still come before absence', async () => {
  await api.seedAccessToken({ id: 'nobody', tenantPermissions: [] });
  const { status, body } = await api.request('GET', '/tenant/none', { query: { accessTokenId: 'nobody' } });
  expect([status, body.errorCode]).toEqual([403, 'ACTION_DENIED']);
});
