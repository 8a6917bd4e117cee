import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { verificationToken } from '../../support/session-suites/kinds.ts';
import { makingSuite } from '../../support/session-suites/making.ts';
import { uuid } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile({ id: '592715d4d4c650e226b03b62', credentialEpoch: 7, disableEpoch: 8 });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const pathOf = (id: string) => `/profile/${id}/verification_token/create`;

test('a token of the profile is made and answered', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(1_500_000_000_123);
  const { status, headers, body } = await api.request('POST', pathOf(profile.id), { query: { accessTokenId } });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(body).toEqual({
    id: uuid,
    tenant: 'default',
    profileId: '592715d4d4c650e226b03b62',
    timestamp: 1_500_000_000_123,
  });
});

test('the token serves both purposes, and its id is stored as a hash only', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(1_500_000_000_123);
  const { body } = await api.request('POST', pathOf(profile.id), { query: { accessTokenId } });
  const stored = (await api.items('tokens')).find((item) => item.pk !== 'ACCESS_TOKEN');
  expect(JSON.stringify(stored)).not.toContain(body.id);
  expect(stored).toEqual({
    pk: expect.stringMatching(/^VERIFICATION#[0-9a-f]{64}$/),
    sk: 'TOKEN',
    tenant: 'default',
    profileId: profile.id,
    timestampMs: 1_500_000_000_123,
    purposes: new Set(['verify', 'changePassword']),
    credentialEpoch: 7,
    disableEpoch: 8,
    expiresAtSeconds: 1_500_000_001 + 86_400,
  });
});

test.each([
  ['.json on the path', '.json', { query: { accessTokenId } }],
  ['the access token in the form', '', { form: { accessTokenId } }],
  ['both', '.json', { form: { accessTokenId } }],
])('works with %s', async (_, suffix, request) => {
  const { status, body } = await api.request('POST', `${pathOf(profile.id)}${suffix}`, request);
  expect([status, body.profileId]).toEqual([200, profile.id]);
});

test('403 without an access token, before anything else is looked at', async () => {
  const { status, body } = await api.request('POST', pathOf('none'));
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACCESS_DENIED', message: 'Parameter "accessTokenId" is missing' });
});

test('403 with an expired access token', async () => {
  await api.seedAccessToken({ id: 'expired', expiresOnMs: 1_500_000_000_000 });
  const { status, body } = await api.request('POST', pathOf(profile.id), { query: { accessTokenId: 'expired' } });
  expect(status).toBe(403);
  expect(body).toEqual({
    errorCode: 'ACCESS_DENIED',
    message: 'Access token "expired" of application "app" expired on 07/14/2017',
  });
});

test('405 with another method, before the access token is looked at', async () => {
  const { status, headers, body } = await api.request('GET', pathOf(profile.id));
  expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Method GET is not supported here' });
});

makingSuite(() => api, {
  kind: verificationToken,
  call: (id, token = accessTokenId) => api.request('POST', pathOf(id), { query: { accessTokenId: token } }),
  actions: ['MANAGE_PROFILES', 'READ_TENANT'],
});
