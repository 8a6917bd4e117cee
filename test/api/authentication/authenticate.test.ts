import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenThatMay } from '../../support/callers.ts';
import { installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { uuid } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;
const login = { accessTokenId, tenantName: 'default', username: 'mara', password: 'right horse' };

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile({ username: 'mara', password: 'right horse', credentialEpoch: 7, disableEpoch: 8 });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const authenticate = (form: Record<string, string>) => api.request('POST', '/authentication/authenticate', { form });

test('the right password is answered with a ticket of the epochs of now', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await authenticate(login);
  expect(status).toBe(200);
  expect(body).toEqual({ id: uuid, tenant: 'default', profileId: profile.id, lastRequestTime: now });
  expect(await api.items('tickets')).toEqual([
    {
      pk: expect.stringMatching(/^TICKET#[0-9a-f]{64}$/),
      sk: 'TICKET',
      tenant: 'default',
      profileId: profile.id,
      lastRequestTimeMs: now,
      credentialEpoch: 7,
      disableEpoch: 8,
      expiresAtSeconds: 1_500_000_001 + 900,
    },
  ]);
});

test('signing in leaves the profile as it is, lastModified included', async () => {
  const before = await api.request('GET', `/profile/${profile.id}`, { query: { accessTokenId } });
  await authenticate(login);
  const after = await api.request('GET', `/profile/${profile.id}`, { query: { accessTokenId } });
  expect(after.body).toEqual(before.body);
});

test.each([
  ['a wrong password', { password: 'wrong' }],
  ['an empty password', { password: '' }],
  ['an unknown user', { username: 'nobody' }],
  ['the username in other letters', { username: 'Mara' }],
  ['an empty username', { username: '' }],
  ['an unknown tenant', { tenantName: 'none' }],
])('401 for %s, always with the same words', async (_, change) => {
  const { status, body } = await authenticate({ ...login, ...change });
  expect(status).toBe(401);
  expect(body).toEqual({ errorCode: 'BAD_CREDENTIALS', message: 'Username or password is wrong' });
});

test('401 for a profile without a password, which is counted', async () => {
  const { id } = await api.seedProfile({ username: 'social' });
  const { status, body } = await authenticate({ ...login, username: 'social', password: '' });
  expect([status, body.errorCode]).toEqual([401, 'BAD_CREDENTIALS']);
  const credentials = (await api.items('profiles')).find(
    ({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS',
  );
  expect(credentials?.failedLoginAttempts).toBe(1);
});

test('401 for a profile of an earlier tenant of the same name', async () => {
  await api.seedProfile({ username: 'ghost', password: 'right horse', tenantId: '5a0000000000000000000000' });
  const { status, body } = await authenticate({ ...login, username: 'ghost' });
  expect([status, body.errorCode]).toEqual([401, 'BAD_CREDENTIALS']);
});

test('403 for a disabled profile, also with a wrong password', async () => {
  const { id } = await api.seedProfile({ username: 'off', password: 'right horse', enabled: false });
  for (const password of ['right horse', 'wrong']) {
    const { status, body } = await authenticate({ ...login, username: 'off', password });
    expect(status).toBe(403);
    expect(body).toEqual({
      errorCode: 'DISABLED_PROFILE',
      message: `Profile "${id}" of tenant "default" is disabled`,
    });
  }
});

describe('a profile that waits for its verification mail', () => {
  const waiting = 'waiting-tenant';
  const createdAtMs = 1_500_000_000_000;
  const seedWaiting = (username: string, change: Partial<Profile> = {}) => {
    const created = { createdAtMs, disableEpoch: createdAtMs, enabled: false, verified: false };
    return api.seedProfile({ username, password: 'right horse', tenant: waiting, ...created, ...change });
  };
  const signIn = (username: string, password: string) =>
    authenticate({ ...login, tenantName: waiting, username, password });
  const failures = async (id: string) =>
    (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS')
      ?.failedLoginAttempts;
  const disabled = (id: string) => `Profile "${id}" of tenant "${waiting}" is disabled`;
  const waits = (id: string) => `${disabled(id)} until the link in its verification mail is followed`;

  beforeAll(() => api.seedTenant({ name: waiting, verifyNewProfiles: true }));

  test('is told to whoever has the password, and counts what is wrong', async () => {
    const { id } = await seedWaiting('waits');
    for (const [password, message, count] of [
      ['wrong', disabled(id), 1],
      ['', disabled(id), 2],
      ['right horse', waits(id), 0],
    ] as const) {
      const { status, body } = await signIn('waits', password);
      expect([status, body]).toEqual([403, { errorCode: 'DISABLED_PROFILE', message }]);
      expect(await failures(id)).toBe(count);
    }
  });

  test('is no way to guess: after ten wrong ones the right one tells nothing', async () => {
    const { id } = await seedWaiting('guessed');
    for (let guess = 0; guess < 10; guess++) await signIn('guessed', 'wrong');
    expect((await signIn('guessed', 'right horse')).body.message).toBe(disabled(id));
    expect(await failures(id)).toBe(10);
  });

  test.each([
    ['that was disabled', { disableEpoch: createdAtMs + 1 }],
    ['that was verified, and disabled', { verified: true }],
  ])('is none %s', async (username, change) => {
    const { id } = await seedWaiting(username, change);
    for (const password of ['right horse', 'wrong'])
      expect((await signIn(username, password)).body.message).toBe(disabled(id));
    expect(await failures(id)).toBe(0);
  });
});

test.each([
  [['MANAGE_PROFILES', 'READ_TENANT'], 'MANAGE_TICKETS'],
  [['MANAGE_TICKETS', 'READ_TENANT'], 'MANAGE_PROFILES'],
  [[], 'MANAGE_TICKETS'],
])('403 for an access token that may only %j, of an unknown user too', async (allowed, action) => {
  const restricted = await tokenThatMay(api, ...allowed);
  for (const username of ['mara', 'nobody']) {
    const { status, body } = await authenticate({ ...login, username, accessTokenId: restricted });
    expect(status).toBe(403);
    expect(body).toEqual(denied(action));
  }
});

test('READ_TENANT is asked for only where the user exists, before the password is looked at', async () => {
  const restricted = await tokenThatMay(api, 'MANAGE_TICKETS', 'MANAGE_PROFILES');
  const unknown = await authenticate({ ...login, username: 'nobody', accessTokenId: restricted });
  expect([unknown.status, unknown.body.errorCode]).toEqual([401, 'BAD_CREDENTIALS']);
  const known = await authenticate({ ...login, password: 'wrong', accessTokenId: restricted });
  expect([known.status, known.body]).toEqual([403, denied('READ_TENANT')]);
});

test.each([
  ['tenantName', {}],
  ['username', { tenantName: 'default' }],
  ['password', { tenantName: 'default', username: 'mara' }],
])('400 without %s, the first that is missing', async (missing, given) => {
  const { status, body } = await authenticate({ accessTokenId, ...given });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: `Parameter "${missing}" is missing` });
});

test('a hash of the old server signs in and is replaced', async () => {
  const passwordHash = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
  const { id } = await api.seedProfile({ username: 'old', credentials: { passwordHash, failedLoginAttempts: 3 } });
  const wrong = await authenticate({ ...login, username: 'old', password: 'wrong' });
  expect(wrong.status).toBe(401);
  for (const _ of [1, 2]) {
    const { status } = await authenticate({ ...login, username: 'old', password: 'correct horse' });
    expect(status).toBe(200);
  }
  const credentials = (await api.items('profiles')).find(
    ({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS',
  );
  expect(credentials?.passwordHash).toMatch(/^\$argon2id\$/);
  expect(credentials?.failedLoginAttempts).toBe(0);
});

test('401 where the password is another one by the time the ticket is made, which is taken back', async () => {
  const { id } = await api.seedProfile({ username: 'overtaken', password: 'right horse' });
  const ticketsBefore = (await api.items('tickets')).length;
  const store = installFaults();
  store.wrapNext('GetItem', async (confirm) => {
    const changed = await api.request('POST', `/profile/${id}/update`, {
      query: { accessTokenId },
      form: { password: 'new' },
    });
    expect(changed.status).toBe(200);
    return confirm();
  });
  const { status, body } = await authenticate({ ...login, username: 'overtaken' });
  expect([status, body.errorCode, store.pending()]).toEqual([401, 'BAD_CREDENTIALS', 0]);
  expect(await api.items('tickets')).toHaveLength(ticketsBefore);
  store.uninstall();
});

test('an unknown user, tenant or profile costs the calls of a wrong password, in their order', async () => {
  const left = await api.seedProfile({ username: 'left', tenantId: '5a0000000000000000000000' });
  const store = installFaults();
  const callsOf = async (form: Record<string, string>) => {
    store.calls.length = 0;
    expect((await authenticate({ ...login, ...form })).status).toBe(401);
    return store.calls.map(({ operation }) => operation);
  };
  const wrong = await callsOf({ password: 'wrong' });
  expect(wrong).toEqual(['BatchGetItem', 'BatchGetItem', 'UpdateItem']);
  expect(await callsOf({ username: 'nobody' })).toEqual(wrong);
  expect(await callsOf({ tenantName: 'none' })).toEqual(wrong);
  expect(await callsOf({ username: left.username })).toEqual(wrong);
  store.uninstall();
});
