import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedPersistentLogin, sessionEnds } from '../../support/sessions.ts';

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
  api.request('GET', `/authentication/persistent_login/${id}`, { query: { accessTokenId: token } });
const absent = (id: string) => ({
  errorCode: 'NO_SUCH_PERSISTENT_LOGIN',
  message: `No persistent login found for ID "${id}"`,
});

test.each(['', '.json'])('a login is answered with its token and nothing of it moves (suffix "%s")', async (suffix) => {
  const { id, token } = await seedPersistentLogin(profile, { timestampMs: now });
  jest.spyOn(Date, 'now').mockReturnValue(now + 1000);
  const before = await api.items('tickets');
  const { status, body } = await get(`${id}${suffix}`);
  expect(status).toBe(200);
  expect(body).toEqual({ id, tenant: 'default', profileId: profile.id, token, timestamp: now });
  expect(await api.items('tickets')).toEqual(before);
});

test('a login dies at its age, used or not', async () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
  const { id } = await seedPersistentLogin(profile);
  clock.mockReturnValue(now + 1_295_999_999);
  expect((await get(id)).status).toBe(200);
  clock.mockReturnValue(now + 1_296_000_000);
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, absent(id)]);
});

test('404 for an unknown login, to any valid access token', async () => {
  const { status, body } = await get('none', await tokenThatMay(api));
  expect([status, body]).toEqual([404, absent('none')]);
});

test.each(sessionEnds)('404 where its profile %s', async (_, change) => {
  const other = await api.seedProfile({ credentialEpoch: 1, disableEpoch: 1, ...change });
  const { id } = await seedPersistentLogin({ ...other, credentialEpoch: 1, disableEpoch: 1 });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, absent(id)]);
});

test('404 where its profile is gone', async () => {
  const { id } = await seedPersistentLogin({ ...profile, id: '5a0000000000000000000000' });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, absent(id)]);
});

test('403 without MANAGE_TICKETS on its tenant, which needs nothing else', async () => {
  const { id } = await seedPersistentLogin(profile);
  for (const token of [await tokenThatMay(api, 'MANAGE_PROFILES', 'READ_TENANT'), await tokenOfElsewhere(api)]) {
    const { status, body } = await get(id, token);
    expect([status, body]).toEqual([403, denied('MANAGE_TICKETS')]);
  }
  expect((await get(id, await tokenThatMay(api, 'MANAGE_TICKETS'))).status).toBe(200);
});
