import { asApp } from '../../support/as-app.ts';
import { tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { verificationToken } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../../support/sessions.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const change = (resetTokenId: string, newPassword: string, token = accessTokenId) =>
  api.request('POST', '/profile/change_password', { form: { accessTokenId: token, resetTokenId, newPassword } });
const { signIn } = asApp(() => api);

test('the new password is the only one; state and lock counters stay; the token is used up', async () => {
  const profile = await api.seedProfile({
    username: 'mara',
    password: 'old',
    lastModifiedMs: 1,
    credentials: { failedLoginAttempts: 3, lastFailedLoginMs: 5 },
  });
  const { id } = await seedVerificationToken(profile);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await change(id, 'new');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: profile.id,
    username: 'mara',
    email: 'mara@example.com',
    verified: false,
    enabled: true,
    createdOn: profile.createdAtMs,
    lastModified: now,
    tenant: 'default',
    roles: [],
    attributes: {},
  });
  const credentials = (await api.items('profiles')).find(({ sk }) => sk === 'CREDENTIALS');
  expect(credentials).toMatchObject({ failedLoginAttempts: 3, lastFailedLoginMs: 5 });
  expect([await signIn('mara', 'old'), await signIn('mara', 'new')]).toEqual([401, 200]);
  const second = await change(id, 'newer');
  expect([second.status, second.body]).toEqual([404, verificationToken.absent(id)]);
});

test('every session and every other token ends', async () => {
  const profile = await api.seedProfile();
  const [used, other] = [await seedVerificationToken(profile), await seedVerificationToken(profile)];
  const [ticket, login] = [await seedTicket(profile), await seedPersistentLogin(profile)];
  await change(used.id, 'new');
  const paths = [
    `/authentication/ticket/${ticket.id}`,
    `/authentication/persistent_login/${login.id}`,
    `/profile/verification_token/${other.id}`,
  ];
  for (const path of paths) expect((await api.request('GET', path, { query: { accessTokenId } })).status).toBe(404);
});

test('a disabled profile gets a new password and stays closed', async () => {
  const profile = await api.seedProfile({ enabled: false });
  const { id } = await seedVerificationToken(profile);
  const { status, body } = await change(id, 'new');
  expect([status, body.enabled]).toEqual([200, false]);
});

test('400 for an empty password, and the token stays', async () => {
  const { id } = await seedVerificationToken(await api.seedProfile());
  const { status, body } = await change(id, '');
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "newPassword" is empty' });
  expect((await change(id, 'new')).status).toBe(200);
});

test('404 for an unknown token, to any valid access token, before the password is looked at', async () => {
  const { status, body } = await change('none', '', await tokenThatMay(api));
  expect([status, body]).toEqual([404, verificationToken.absent('none')]);
});

test('404 for a token that was mailed to verify, and the password stays', async () => {
  const profile = await api.seedProfile({ username: 'purpose', password: 'old' });
  const { id } = await seedVerificationToken(profile, {}, ['verify']);
  const { status, body } = await change(id, 'new');
  expect([status, body]).toEqual([404, verificationToken.absent(id)]);
  expect(await signIn('purpose', 'old')).toBe(200);
});

test.each([
  ['resetTokenId', {}],
  ['newPassword', { resetTokenId: 'none' }],
])('400 without %s', async (missing, given) => {
  const { status, body } = await api.request('POST', '/profile/change_password', { form: { accessTokenId, ...given } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: `Parameter "${missing}" is missing` });
});

lookUpSuite(() => api, {
  kind: verificationToken,
  call: (id, token) => change(id, 'new', token),
  actions: ['MANAGE_PROFILES', 'READ_TENANT'],
  usesUp: true,
});
