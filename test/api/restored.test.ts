import { forgetSettings } from '../../functions/shared/config/configuration.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { erase, findErasure } from '../../lib/admin/person/erase-person.ts';
import { type Cleansed, cleanse } from '../../lib/admin/restore/cleanse.ts';
import { eraseAgain } from '../../lib/admin/restore/erase-again.ts';
import { profilesInUse, tokensInUse } from '../../lib/admin/restore/present.ts';
import { localTableNames } from '../../lib/local/environment.ts';
import { createTables } from '../../lib/local/tables.ts';
import { type LocalApi, ownTableNames, startLocalApi } from '../support/local-api.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../support/sessions.ts';

const OLD = 'old password';
const tables = ['profiles', 'tokens', 'tickets'] as const;
const accessTokenId = 'app-token';

let api: LocalApi;
let taken: Cleansed;
let ids: Readonly<Record<'ticket' | 'login' | 'mailed', string>>;
let jane: Profile;
let waiting: Profile;
let banned: Profile;
let calm: Profile;
let gone: Profile;
let momentMs = 0;
let erasedAgain = 0;
const before = { ...process.env };

const post = (path: string, form: Record<string, string>) =>
  api.request('POST', path, { form: { accessTokenId, ...form } });
const get = (path: string, query: Record<string, string> = {}) =>
  api.request('GET', path, { query: { accessTokenId, ...query } });
const signIn = (username: string, password: string) =>
  post('/authentication/authenticate', { tenantName: 'default', username, password });

/** Something of each kind that ends: alive at the moment that the tables come back from, and ended since. */
async function seedMoment(): Promise<void> {
  await api.seedTenant({ verifyNewProfiles: true });
  await api.seedAccessTokens([
    { id: accessTokenId },
    { id: 'revoked-since', application: 'leaked' },
    { id: 'narrowed-since', application: 'wide', master: true },
  ]);
  jane = await api.seedProfile({ username: 'jane', password: OLD, verified: true });
  banned = await api.seedProfile({ username: 'banned', password: OLD, verified: true });
  calm = await api.seedProfile({ username: 'calm', password: OLD, verified: true });
  gone = await api.seedProfile({ username: 'gone', password: OLD, verified: true });
  const createdAtMs = Date.now();
  waiting = await api.seedProfile({
    username: 'waiting',
    enabled: false,
    verified: false,
    createdAtMs,
    disableEpoch: createdAtMs,
  });
  await api.put('tokens', [{ pk: 'AUDIT_KEY', sk: 'KEY', secret: new Uint8Array(32) }]);
  const login = await seedPersistentLogin(jane);
  ids = {
    ticket: (await seedTicket(jane)).id,
    login: login.id,
    mailed: (await seedVerificationToken(jane)).id,
  };
}

const presentInUse = async () => ({
  endedOf: tokensInUse(await listAccessTokens()),
  sinceOf: profilesInUse(process.env.PROFILES_TABLE ?? ''),
});

async function endAll(): Promise<void> {
  await erase(await findErasure({ profile: gone.id }), 'an operator');
  const { body } = await post(`/profile/${jane.id}/verification_token/create`, {});
  await post('/profile/change_password', { resetTokenId: body.id, newPassword: 'new password' });
  await post(`/profile/${banned.id}/disable`, {});
  await api.request('POST', '/access_token/revoked-since/delete', { form: { accessTokenId: 'narrowed-since' } });
  await api.seedAccessToken({ id: 'narrowed-since', application: 'wide', master: false });
}

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await seedMoment();
  const moment = await Promise.all(tables.map((table) => api.items(table)));
  momentMs = Date.now();
  await endAll();
  const present = await presentInUse();
  Object.assign(process.env, ownTableNames());
  forgetSettings();
  await createTables(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', localTableNames());
  // The tickets too, which a restoration leaves behind: what was ended is dead by its epochs already.
  for (const [index, table] of tables.entries()) await api.put(table, moment[index] ?? []);
  taken = await cleanse(present, Date.now());
  erasedAgain = await eraseAgain(momentMs);
});
afterAll(async () => {
  await api.stop();
  process.env = before;
  forgetSettings();
});

test('it says what it has taken out', () => {
  expect(taken).toEqual({ profiles: 5, verificationTokens: 1, accessTokens: 2, passwords: 0 });
});

test('a ticket that a new password has ended is dead', async () => {
  const none = { errorCode: 'NO_SUCH_TICKET' };
  expect((await get(`/authentication/ticket/${ids.ticket}`)).body).toMatchObject(none);
  expect((await get('/profile/by_ticket', { ticketId: ids.ticket })).body).toMatchObject(none);
});

test('a login that was remembered is dead', async () => {
  const { body } = await get(`/authentication/persistent_login/${ids.login}`);
  expect(body).toMatchObject({ errorCode: 'NO_SUCH_PERSISTENT_LOGIN' });
});

test('what was mailed does nothing', async () => {
  const form = { resetTokenId: ids.mailed, newPassword: 'mine now' };
  expect((await post('/profile/change_password', form)).body).toMatchObject({
    errorCode: 'NO_SUCH_VERIFICATION_TOKEN',
  });
});

test('a new password stays the password, and the old one is none', async () => {
  expect((await signIn('jane', OLD)).status).toBe(401);
  expect((await signIn('jane', 'new password')).status).toBe(200);
});

test('whoever was disabled since is still out', async () => {
  expect((await get(`/profile/${banned.id}`)).body.enabled).toBe(false);
  expect((await signIn('banned', OLD)).status).toBe(403);
});

test('everybody else signs in as before', async () => {
  expect((await signIn('calm', OLD)).status).toBe(200);
  expect((await get(`/profile/${calm.id}`)).body.enabled).toBe(true);
});

test('who waits for a mail is still known to wait, and can be verified', async () => {
  const { body } = await post(`/profile/${waiting.id}/verification_token/create`, {});
  const verified = await post('/profile/verify', { verificationTokenId: body.id });
  expect(verified.body).toMatchObject({ verified: true, enabled: true });
});

test('whoever was erased since is erased again, and nobody else', async () => {
  expect(erasedAgain).toBe(1);
  expect((await api.items('profiles')).filter((item) => JSON.stringify(item).includes(gone.id))).toEqual([]);
  expect((await signIn('gone', OLD)).status).toBe(401);
  expect(await eraseAgain(Date.now())).toBe(0);
});

test('access tokens that were ended, or made less, are refused', async () => {
  const query = (id: string) => api.request('GET', '/tenant/all', { query: { accessTokenId: id } });
  expect((await query('revoked-since')).status).toBe(403);
  expect((await query('narrowed-since')).status).toBe(403);
  expect((await query(accessTokenId)).status).toBe(200);
});

test('hashes in the audit trail mean the same as before', async () => {
  expect((await api.items('tokens')).map(({ pk }) => pk)).toContain('AUDIT_KEY');
});

test('done again it does no harm', async () => {
  const present = await presentInUse();
  expect(await cleanse(present, Date.now())).toMatchObject({ accessTokens: 0, profiles: 4 });
  expect((await signIn('jane', 'new password')).status).toBe(200);
});
