import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { persistentLogin } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
import { seedPersistentLogin } from '../../support/sessions.ts';

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

test.each(['', '.json'])('a login is answered with its token and nothing of it moves (suffix "%s")', async (suffix) => {
  const { id, token } = await seedPersistentLogin(profile, { timestampMs: now });
  jest.spyOn(Date, 'now').mockReturnValue(now + 1000);
  const before = await api.items('tickets');
  const { status, body } = await get(`${id}${suffix}`);
  expect(status).toBe(200);
  expect(body).toEqual({ id, tenant: 'default', profileId: profile.id, token, timestamp: now });
  expect(await api.items('tickets')).toEqual(before);
});

lookUpSuite(() => api, { kind: persistentLogin, call: get, actions: ['MANAGE_TICKETS'] });
