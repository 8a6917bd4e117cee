import { verifyPassword } from '../../functions/shared/domain/sign-in/verify-password.ts';
import { asApp } from '../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { tally, times } from '../support/races.ts';
import { seedTicket, seedVerificationToken } from '../support/sessions.ts';
import { PARALLEL } from '../support/thoroughness.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: accessTokenId, master: true });
  await api.seedTenant();
});
afterAll(() => api.stop());

const { post, get } = asApp(() => api);

const itemsOf = async (id: string, sk: string) =>
  (await api.items('profiles')).find((item) => item.pk === `PROFILE#${id}` && item.sk === sk);

test('of one username created many times, one profile is made and nothing else is left', async () => {
  const form = { tenantName: 'default', username: 'one', email: 'a@example.org', enabled: 'true' };
  const answers = await times(PARALLEL, () => post('/profile/create', form));
  expect(tally(answers)).toEqual({ 200: 1, '409 PROFILE_EXISTS': PARALLEL - 1 });
  const made = answers.find(({ status }) => status === 200)?.body;
  const items = await api.items('profiles');
  expect(items.filter(({ username }) => username === 'one').map(({ id }) => id)).toEqual([made.id]);
  expect(items.filter(({ sk }) => sk === 'CREDENTIALS')).toHaveLength(1);
  expect(items.find(({ pk }) => pk === 'LOGIN#default#one')?.profileId).toBe(made.id);
});

test('of one verification token redeemed many times, one call succeeds', async () => {
  const { id } = await seedVerificationToken(await api.seedProfile({ enabled: false }));
  const answers = await times(PARALLEL, () => post('/profile/verify', { verificationTokenId: id }));
  expect(tally(answers)).toEqual({ 200: 1, '404 NO_SUCH_VERIFICATION_TOKEN': PARALLEL - 1 });
});

test('of one token redeemed for many passwords, one is set, and it is the one that was answered', async () => {
  const profile = await api.seedProfile({ credentialEpoch: 5 });
  const { id } = await seedVerificationToken(profile);
  const answers = await times(PARALLEL, (index) =>
    post('/profile/change_password', { resetTokenId: id, newPassword: `password ${index}` }),
  );
  expect(tally(answers)).toEqual({ 200: 1, '404 NO_SUCH_VERIFICATION_TOKEN': PARALLEL - 1 });
  const winner = answers.findIndex(({ status }) => status === 200);
  const credentials = await itemsOf(profile.id, 'CREDENTIALS');
  expect(await verifyPassword(`password ${winner}`, String(credentials?.passwordHash))).toBe(true);
  expect(credentials?.credentialEpoch).toBe(6);
  expect((await itemsOf(profile.id, 'PROFILE'))?.credentialEpoch).toBe(6);
});

test('of several tokens of one profile, one sets a password and kills the others', async () => {
  const profile = await api.seedProfile();
  const tokens = await times(10, () => seedVerificationToken(profile));
  const answers = await Promise.all(
    tokens.map(({ id }, index) => post('/profile/change_password', { resetTokenId: id, newPassword: `new ${index}` })),
  );
  expect(tally(answers)).toEqual({ 200: 1, '404 NO_SUCH_VERIFICATION_TOKEN': 9 });
});

test('every failed sign-in is counted, and nobody is let in by haste', async () => {
  const { id } = await api.seedProfile({ username: 'guessed', password: 'right' });
  const form = { tenantName: 'default', username: 'guessed', password: 'wrong' };
  const answers = await times(PARALLEL, () => post('/authentication/authenticate', form));
  const { '401 BAD_CREDENTIALS': refused = 0, '403 DISABLED_PROFILE': locked = 0 } = tally(answers);
  expect(refused + locked).toBe(PARALLEL);
  // Not fewer: where an answer of the store comes too late, on a machine that is starved, the count is made once more.
  expect((await itemsOf(id, 'CREDENTIALS'))?.failedLoginAttempts).toBeGreaterThanOrEqual(refused);
  const right = await post('/authentication/authenticate', { ...form, password: 'right' });
  expect([right.status, right.body.errorCode]).toEqual([403, 'DISABLED_PROFILE']);
});

test('a ticket that is used while it is invalidated does not come back', async () => {
  const tickets = await times(10, async () => seedTicket(await api.seedProfile()));
  const answers = await Promise.all(
    tickets.flatMap(({ id }) => [
      get(`/authentication/ticket/${id}`),
      api.request('GET', '/profile/by_ticket', { query: { accessTokenId, ticketId: id } }),
      post(`/authentication/ticket/${id}/invalidate`),
      get(`/authentication/ticket/${id}`),
      get(`/authentication/ticket/${id}`),
    ]),
  );
  expect(answers.map(({ status }) => status).filter((status) => ![200, 400, 404].includes(status))).toEqual([]);
  for (const { id } of tickets) expect((await get(`/authentication/ticket/${id}`)).status).toBe(404);
  expect(await api.items('tickets')).toEqual([]);
});

test('a persistent login refreshed while it is deleted does not come back', async () => {
  const { id: profileId } = await api.seedProfile();
  const { body } = await post('/authentication/persistent_login/create', { profileId });
  const path = `/authentication/persistent_login/${body.id}`;
  await times(PARALLEL, (index) => post(index === PARALLEL / 2 ? `${path}/delete` : `${path}/refresh_token`));
  expect((await get(path)).status).toBe(404);
  expect(await api.items('tickets')).toEqual([]);
});

test('a profile updated while it is deleted does not come back', async () => {
  const profiles = await times(10, () => api.seedProfile({ roles: ['A'] }));
  const answers = await Promise.all(
    profiles.flatMap(({ id }) => [
      post(`/profile/${id}/update`, { email: 'new@example.org' }),
      post(`/profile/${id}/roles/add`, { role: 'B' }),
      post(`/profile/${id}/delete`),
      post(`/profile/${id}/update`, { username: `renamed ${id}` }),
      post(`/profile/${id}/enable`),
    ]),
  );
  expect(['200', '404 NO_SUCH_PROFILE']).toEqual(expect.arrayContaining(Object.keys(tally(answers))));
  const ids = new Set(profiles.map(({ id }) => id));
  const left = (await api.items('profiles')).filter(
    ({ pk, profileId }) => ids.has(String(pk).split('#')[1] ?? '') || ids.has(String(profileId)),
  );
  expect(left).toEqual([]);
});

test('disabling while others enable and update ends every session before it', async () => {
  const profile = await api.seedProfile();
  const { id } = await seedTicket(profile);
  const answers = await times(PARALLEL, (index) =>
    post(`/profile/${profile.id}/${['disable', 'enable', 'update'][index % 3]}`),
  );
  expect(tally(answers)).toEqual({ 200: PARALLEL });
  await post(`/profile/${profile.id}/enable`);
  expect((await get(`/authentication/ticket/${id}`)).status).toBe(404);
});

test('of many profiles renamed to one username, one gets it and the others keep theirs', async () => {
  const profiles = await times(PARALLEL, (index) => api.seedProfile({ username: `before ${index}` }));
  const answers = await Promise.all(profiles.map(({ id }) => post(`/profile/${id}/update`, { username: 'wanted' })));
  expect(tally(answers)).toEqual({ 200: 1, '409 PROFILE_EXISTS': PARALLEL - 1 });
  const logins = (await api.items('profiles')).filter(({ pk }) => /^LOGIN#default#(before|wanted)/.test(String(pk)));
  expect(logins).toHaveLength(PARALLEL);
  const holder = answers.find(({ status }) => status === 200)?.body.id;
  expect(logins.find(({ pk }) => pk === 'LOGIN#default#wanted')?.profileId).toBe(holder);
});

test('one profile renamed to many usernames ends with one of them, the others free', async () => {
  const { id } = await api.seedProfile({ username: 'restless' });
  const answers = await times(10, (index) => post(`/profile/${id}/update`, { username: `name ${index}` }));
  expect(tally(answers)).toEqual({ 200: 10 });
  const logins = (await api.items('profiles')).filter(({ sk, profileId }) => sk === 'LOGIN' && profileId === id);
  const { username } = (await get(`/profile/${id}`)).body;
  expect(logins.map(({ pk }) => pk)).toEqual([`LOGIN#default#${username}`]);
});

test.each([
  ['access token', '/access_token/create', { id: 'same' }, 'ACCESS_TOKEN_EXISTS'],
  ['tenant', '/tenant/create', { name: 'same' }, 'TENANT_EXISTS'],
])('of one %s created many times, one is made', async (_, path, json, errorCode) => {
  const answers = await times(PARALLEL, () => api.request('POST', path, { query: { accessTokenId }, json }));
  expect(tally(answers)).toEqual({ 200: 1, [`409 ${errorCode}`]: PARALLEL - 1 });
});

test('roles given to a profile at once are all there', async () => {
  const { id } = await api.seedProfile();
  const answers = await times(PARALLEL, (index) => post(`/profile/${id}/roles/add`, { role: `R${index}` }));
  expect(tally(answers)).toEqual({ 200: PARALLEL });
  expect((await get(`/profile/${id}`)).body.roles).toHaveLength(PARALLEL);
  await times(PARALLEL, (index) => post(`/profile/${id}/roles/${index % 2 ? 'remove' : 'add'}`, { role: `R${index}` }));
  expect((await get(`/profile/${id}`)).body.roles).toHaveLength(PARALLEL / 2);
});

test('roles given to a tenant at once are all there', async () => {
  await api.seedTenant({ name: 'busy' });
  const answers = await times(10, (index) => post('/tenant/busy/roles/add', { role: `R${index}` }));
  expect(tally(answers)).toEqual({ 200: 10 });
  expect((await get('/tenant/busy')).body.availableRoles).toHaveLength(10);
});

test('a ticket made with the old password is dead once the new one is answered', async () => {
  const { id } = await api.seedProfile({ username: 'moving', password: 'old' });
  const signIns = times(20, () =>
    post('/authentication/authenticate', { tenantName: 'default', username: 'moving', password: 'old' }),
  );
  const changed = await post(`/profile/${id}/update`, { password: 'new' });
  expect(changed.status).toBe(200);
  const tickets = (await signIns).filter(({ status }) => status === 200);
  for (const { body } of tickets) expect((await get(`/authentication/ticket/${body.id}`)).status).toBe(404);
  const form = { tenantName: 'default', username: 'moving', password: 'new' };
  expect((await post('/authentication/authenticate', form)).status).toBe(200);
});
