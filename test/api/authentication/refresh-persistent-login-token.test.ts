import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { persistentLogin } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
import { seedPersistentLogin, uuid } from '../../support/sessions.ts';

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

const refresh = (id: string, token = accessTokenId) =>
  api.request('POST', `/authentication/persistent_login/${id}/refresh_token`, { form: { accessTokenId: token } });

test.each(['', '.json'])('the token is a new one, id and timestamp stay (suffix "%s")', async (suffix) => {
  const { id, token } = await seedPersistentLogin(profile, { timestampMs: now });
  jest.spyOn(Date, 'now').mockReturnValue(now + 1000);
  const { status, body } = await api.request('POST', `/authentication/persistent_login/${id}/refresh_token${suffix}`, {
    query: { accessTokenId },
  });
  expect(status).toBe(200);
  expect(body).toEqual({ id, tenant: 'default', profileId: profile.id, token: uuid, timestamp: now });
  expect(body.token).not.toBe(token);
  const read = await api.request('GET', `/authentication/persistent_login/${id}`, { query: { accessTokenId } });
  expect(read.body).toEqual(body);
});

lookUpSuite(() => api, { kind: persistentLogin, call: refresh, actions: ['MANAGE_TICKETS'] });
