import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { auditedWork } from '../../functions/shared/audit/audited-work.ts';
import { TRAIL } from '../../functions/shared/audit/trail.ts';
import { forgetSettings } from '../../functions/shared/config/configuration.ts';
import { inInvocation } from '../../functions/shared/config/invocation.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { ensureAuditKey, keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { type AuditRecord, auditRecord } from '../../lib/admin/audit/question.ts';
import { type Cleansed, cleanse } from '../../lib/admin/restore/cleanse.ts';
import { type EndedSince, endedIn, nothingKnown } from '../../lib/admin/restore/ended-since.ts';
import { profilesByTrail, tokensByTrail } from '../../lib/admin/restore/present.ts';
import { createToken, rotateToken } from '../../lib/admin/token/change-tokens.ts';
import { localTableNames } from '../../lib/local/environment.ts';
import { createTables } from '../../lib/local/tables.ts';
import { type LocalApi, ownTableNames, startLocalApi } from '../support/local-api.ts';

const OLD = 'old password';
const tables = ['profiles', 'tokens'] as const;
const accessTokenId = 'app-token';
const names = ['jane', 'banned', 'pardoned', 'edited', 'calm'] as const;

let api: LocalApi;
let taken: Cleansed;
let profiles: Readonly<Record<(typeof names)[number], Profile>>;
const records: AuditRecord[] = [];
const before = { ...process.env };
const keep = (record: unknown) => void records.push(auditRecord.parse(record));

const post = (path: string, form: Record<string, string> = {}) =>
  api.request('POST', path, { form: { accessTokenId, ...form } });
const signIn = (username: string, password: string) =>
  post('/authentication/authenticate', { tenantName: 'default', username, password });
const asOperator = <Result>(operation: string, run: () => Promise<Result>) =>
  inInvocation({ operation }, () => auditedWork(run, { findKey: ensureAuditKey }));
const present = (ended: EndedSince) => ({ endedOf: tokensByTrail(ended), sinceOf: profilesByTrail(ended) });

/** Something of each kind that ends is ended: the trail is all that knows it then. */
async function endAll(): Promise<void> {
  const { id } = profiles.jane;
  const { body } = await post(`/profile/${id}/verification_token/create`);
  await post('/profile/change_password', { resetTokenId: body.id, newPassword: 'new password' });
  for (const one of [profiles.banned, profiles.pardoned]) await post(`/profile/${one.id}/disable`);
  await post(`/profile/${profiles.pardoned.id}/enable`);
  await post(`/profile/${profiles.edited.id}/update`, { enabled: 'false' });
  await signIn('calm', 'wrong');
  await signIn('calm', OLD);
  await post('/access_token/revoked-since/delete');
  await post('/access_token/nobody/delete');
  await asOperator('admin token rotate', () => rotateToken({ begin: 'rotated-since' }, 3_600_000, Date.now()));
  const wanted = { application: 'new', master: false, tenants: ['default'], allow: ['READ_TENANT'] };
  await asOperator('admin token create', () => createToken(wanted, Date.now()));
}

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedTenant();
  await api.seedAccessTokens([{ id: accessTokenId, master: true }, { id: 'revoked-since' }, { id: 'rotated-since' }]);
  const seeded: [string, Profile][] = [];
  for (const username of names)
    seeded.push([username, await api.seedProfile({ username, password: OLD, verified: true })]);
  profiles = Object.fromEntries(seeded) as typeof profiles;
  await ensureAuditKey();
  const moment = await Promise.all(tables.map((table) => api.items(table)));
  subscribe(TRAIL, keep);
  await endAll();
  unsubscribe(TRAIL, keep);
  Object.assign(process.env, ownTableNames());
  forgetSettings();
  await createTables(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', localTableNames());
  for (const [index, table] of tables.entries()) await api.put(table, moment[index] ?? []);
  taken = await cleanse(present(endedIn(records)), Date.now());
});
afterAll(async () => {
  await api.stop();
  process.env = before;
  forgetSettings();
});

test('it says what it has taken out', () => {
  expect(taken).toEqual({ profiles: 5, verificationTokens: 0, accessTokens: 2, passwords: 1 });
});

test('access tokens that were deleted or rotated are ended, and no others', async () => {
  expect((await listAccessTokens()).map(({ id }) => id)).toEqual([accessTokenId]);
});

test('a password that was changed lets nobody in, until there is another one', async () => {
  expect((await signIn('jane', OLD)).status).toBe(401);
  expect((await signIn('jane', 'new password')).status).toBe(401);
  const { body } = await post(`/profile/${profiles.jane.id}/verification_token/create`);
  await post('/profile/change_password', { resetTokenId: body.id, newPassword: 'third password' });
  expect((await signIn('jane', 'third password')).status).toBe(200);
});

test('who was disabled, or may have been by an update, is out; who was let in again, is in', async () => {
  const statuses = await Promise.all(names.slice(1).map(async (name) => (await signIn(name, OLD)).status));
  expect(statuses).toEqual([403, 200, 403, 200]);
});

test('a record that does not say which access token it is about ends them all', async () => {
  const deletion = records.find(({ operation }) => operation === 'deleteAccessToken');
  const ended = endedIn([auditRecord.parse({ ...deletion, accessToken: undefined })]);
  expect(ended.accessTokens).toBeUndefined();
  expect(await tokensByTrail(ended)(await listAccessTokens())).toHaveLength(1);
});

test('what was refused has ended nothing, and what nobody knows of may have', () => {
  const deletions = records.filter(({ operation }) => operation === 'deleteAccessToken');
  const as = (outcome: string) => endedIn(deletions.map((record) => ({ ...record, outcome }))).accessTokens?.size;
  expect([as('refused'), as('failed'), as('not known')]).toEqual([0, deletions.length, deletions.length]);
});

test('where the trail says nothing every access token is ended, and passwords hold', async () => {
  expect(await cleanse(present(nothingKnown), Date.now())).toMatchObject({ accessTokens: 1, passwords: 0 });
});

test('where nobody has the key of the hashes, every access token is taken for ended', async () => {
  await api.clear('tokens');
  keepAuditKey(undefined);
  await api.seedAccessToken({ id: 'another' });
  const tokens = await listAccessTokens();
  expect(await tokensByTrail(endedIn(records))(tokens)).toEqual(tokens);
});
