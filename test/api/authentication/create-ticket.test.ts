import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { uuid } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile({ credentialEpoch: 7, disableEpoch: 8 });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const create = (form: Record<string, string>) => api.request('POST', '/authentication/ticket/create', { form });

test('a ticket is made without a password, and its id is stored as a hash only', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await create({ accessTokenId, profileId: profile.id });
  expect(status).toBe(200);
  expect(body).toEqual({ id: uuid, tenant: 'default', profileId: profile.id, lastRequestTime: now });
  const stored = await api.items('tickets');
  expect(stored).toMatchObject([{ credentialEpoch: 7, disableEpoch: 8, lastRequestTimeMs: now }]);
  expect(JSON.stringify(stored)).not.toContain(body.id);
});

test('an id in capital letters is the same profile', async () => {
  const { status, body } = await create({ accessTokenId, profileId: profile.id.toUpperCase() });
  expect([status, body.profileId]).toEqual([200, profile.id]);
});

test('403 for a disabled profile', async () => {
  const { id } = await api.seedProfile({ enabled: false });
  const { status, body } = await create({ accessTokenId, profileId: id });
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'DISABLED_PROFILE', message: `Profile "${id}" of tenant "default" is disabled` });
});

test('404 for an unknown profile, to any valid access token', async () => {
  const { status, body } = await create({ accessTokenId: await tokenThatMay(api), profileId: 'none' });
  expect(status).toBe(404);
  expect(body).toEqual({ errorCode: 'NO_SUCH_PROFILE', message: 'No profile found with ID "none"' });
});

test.each([
  [[], 'MANAGE_PROFILES'],
  [['MANAGE_PROFILES', 'MANAGE_TICKETS'], 'READ_TENANT'],
  [['MANAGE_PROFILES', 'READ_TENANT'], 'MANAGE_TICKETS'],
])('403 for an access token that may only %j, before the profile is found disabled', async (allowed, action) => {
  const { id } = await api.seedProfile({ enabled: false });
  const { status, body } = await create({ accessTokenId: await tokenThatMay(api, ...allowed), profileId: id });
  expect([status, body]).toEqual([403, denied(action)]);
});

test('400 without a profile id', async () => {
  const { status, body } = await create({ accessTokenId });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "profileId" is missing' });
});
