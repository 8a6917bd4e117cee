import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { endingSuite } from '../../support/session-suites/ending.ts';
import { verificationToken } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
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

lookUpSuite(() => api, { kind: verificationToken, call: get, actions: ['MANAGE_PROFILES'] });
endingSuite(() => api, { kind: verificationToken, call: remove });
