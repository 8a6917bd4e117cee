import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedVerificationToken } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_000;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile();
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const get = (id: string, token = accessTokenId) =>
  api.request('GET', `/profile/verification_token/${id}`, { query: { accessTokenId: token } });
const remove = (id: string, token = accessTokenId) =>
  api.request('POST', `/profile/verification_token/${id}/delete`, { form: { accessTokenId: token } });
const absent = (id: string) => ({
  errorCode: 'NO_SUCH_VERIFICATION_TOKEN',
  message: `No verification token found for ID "${id}"`,
});

test.each(['', '.json'])('a token is answered, neither used up nor prolonged (suffix "%s")', async (suffix) => {
  const { id } = await seedVerificationToken(profile, { timestampMs: now });
  jest.spyOn(Date, 'now').mockReturnValue(now + 86_399_999);
  const before = await api.items('tokens');
  for (const _ of [1, 2]) {
    const { status, body } = await get(`${id}${suffix}`);
    expect(status).toBe(200);
    expect(body).toEqual({ id, tenant: 'default', profileId: profile.id, timestamp: now });
  }
  expect(await api.items('tokens')).toEqual(before);
});

test.each<[string, Partial<Profile>]>([
  ['has a new password', { credentialEpoch: 9 }],
  ['belongs to an earlier tenant of the same name', { tenantId: '5a0000000000000000000000' }],
])('404 for a token whose profile %s', async (_, change) => {
  const other = await api.seedProfile({ credentialEpoch: 1, ...change });
  const { id } = await seedVerificationToken({ ...other, credentialEpoch: 1 });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, absent(id)]);
});

test('404 for an expired token', async () => {
  const { id } = await seedVerificationToken(profile, { timestampMs: Date.now() - 86_400_000 });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, absent(id)]);
});

test('404 for an unknown token, to any valid access token', async () => {
  const { status, body } = await get('none', await tokenThatMay(api));
  expect([status, body]).toEqual([404, absent('none')]);
});

test('a deleted token is gone, and the answer is empty; once more is no error', async () => {
  const { id } = await seedVerificationToken(profile);
  for (const _ of [1, 2]) {
    const { status, headers, bytes } = await remove(id);
    expect([status, headers.get('content-type'), bytes.length]).toEqual([200, null, 0]);
  }
  expect((await get(id)).status).toBe(404);
});

test('deleting an unknown token is no error, for any valid access token', async () => {
  expect((await remove('none', await tokenThatMay(api))).status).toBe(200);
});

test('403 without MANAGE_PROFILES on its tenant, which needs nothing else; the token stays', async () => {
  const { id } = await seedVerificationToken(profile);
  for (const call of [get, remove]) {
    for (const token of [await tokenThatMay(api, 'READ_TENANT', 'MANAGE_TICKETS'), await tokenOfElsewhere(api)]) {
      const { status, body } = await call(id, token);
      expect([status, body]).toEqual([403, denied('MANAGE_PROFILES')]);
    }
  }
  const manager = await tokenThatMay(api, 'MANAGE_PROFILES');
  expect([(await get(id, manager)).status, (await remove(id, manager)).status]).toEqual([200, 200]);
});
