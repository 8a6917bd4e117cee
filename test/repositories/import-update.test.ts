import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'token' });
  await api.seedTenant({ name: 'moved', availableRoles: ['R'] });
});
afterAll(() => api.stop());

const oldHash = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';
const newHash = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
const query = { accessTokenId: 'token' };

let made = 0;
const profileOf = (username: string, rest: object = {}) => ({
  _id: { $oid: `5c${String(++made).padStart(22, '0')}` },
  username,
  email: `${username}@example.com`,
  password: oldHash,
  enabled: true,
  tenant: 'moved',
  ...rest,
});
const byName = async (username: string) =>
  (await api.request('GET', '/profile/by_username', { query: { ...query, tenantName: 'moved', username } })).body;
const signIn = async (username: string, password: string) => {
  const form = { ...query, tenantName: 'moved', username, password };
  return (await api.request('POST', '/authentication/authenticate', { form })).status;
};
const change = (id: string, values: Record<string, string>) =>
  api.request('POST', `/profile/${id}/update`, { form: { ...query, ...values } });

test('what is newer in the files and untouched here is replaced', async () => {
  const profile = profileOf('untouched');
  await importingCollections({ profile: [profile] });
  const newer = {
    ...profile,
    email: 'newer@example.com',
    roles: ['R'],
    lastModified: { $date: '2026-01-01T00:00:00Z' },
  };
  const without = await importingCollections({ profile: [newer] });
  expect(without.report.of('profile', 'different')).toBe(1);
  expect(await byName('untouched')).toMatchObject({ email: 'untouched@example.com' });
  const { report } = await importingCollections({ profile: [newer] }, { update: true });
  expect([report.of('profile', 'replaced'), report.rejected]).toEqual([1, 0]);
  expect(await byName('untouched')).toMatchObject({ email: 'newer@example.com', roles: ['R'] });
  const again = await importingCollections({ profile: [newer] }, { update: true });
  expect(again.report.of('profile', 'there')).toBe(1);
  expect(await findOrphans(api)).toEqual([]);
});

test('a newer hash moves the epoch: what was signed in by the old one is dead', async () => {
  const profile = profileOf('rehashed');
  await importingCollections({ profile: [profile] });
  const form = { ...query, tenantName: 'moved', username: 'rehashed', password: 'admin' };
  const { body: ticket } = await api.request('POST', '/authentication/authenticate', { form });
  const find = () => api.request('GET', `/authentication/ticket/${ticket.id}`, { query });
  expect((await find()).status).toBe(200);
  await importingCollections({ profile: [{ ...profile, password: newHash }] }, { update: true });
  expect((await find()).status).toBe(404);
  expect([await signIn('rehashed', 'admin'), await signIn('rehashed', 'correct horse')]).toEqual([401, 200]);
});

test('what was changed here alone stays, and is told apart', async () => {
  const profile = profileOf('mine');
  await importingCollections({ profile: [profile] });
  await change((await byName('mine')).id, { email: 'mine@here.example' });
  const { report } = await importingCollections({ profile: [profile] }, { update: true });
  expect([report.of('profile', 'changed here'), report.rejected]).toEqual([1, 0]);
  expect(await byName('mine')).toMatchObject({ email: 'mine@here.example' });
});

test('what was changed on both sides is a reject', async () => {
  const profile = profileOf('both');
  await importingCollections({ profile: [profile] });
  await change((await byName('both')).id, { email: 'both@here.example' });
  const { rejects } = await importingCollections({ profile: [{ ...profile, enabled: false }] }, { update: true });
  expect(rejects).toMatchObject([{ collection: 'profile', reason: expect.stringContaining('was changed here, too') }]);
  expect(await byName('both')).toMatchObject({ email: 'both@here.example', enabled: true });
});

test('times and counters, which each sign-in moves, are no change', async () => {
  const profile = profileOf('signs-in');
  await importingCollections({ profile: [profile] });
  expect(await signIn('signs-in', 'wrong')).toBe(401);
  expect(await signIn('signs-in', 'admin')).toBe(200);
  const later = { ...profile, lastModified: { $date: '2026-02-02T00:00:00Z' }, failedLoginAttempts: 3 };
  const { report } = await importingCollections({ profile: [later] }, { update: true });
  expect(report.of('profile', 'there')).toBe(1);
});

test('a profile that was renamed there is renamed here', async () => {
  const profile = profileOf('before');
  await importingCollections({ profile: [profile] });
  const { report } = await importingCollections({ profile: [{ ...profile, username: 'after' }] }, { update: true });
  expect(report.of('profile', 'replaced')).toBe(1);
  expect(await byName('after')).toMatchObject({ id: profile._id.$oid });
  expect(await signIn('after', 'admin')).toBe(200);
  expect(await findOrphans(api)).toEqual([]);
});

test('who is disabled there is disabled here, and signed out', async () => {
  const profile = profileOf('leaver');
  await importingCollections({ profile: [profile] });
  const form = { ...query, tenantName: 'moved', username: 'leaver', password: 'admin' };
  const { body: ticket } = await api.request('POST', '/authentication/authenticate', { form });
  await importingCollections({ profile: [{ ...profile, enabled: false }] }, { update: true });
  expect((await api.request('GET', `/authentication/ticket/${ticket.id}`, { query })).status).toBe(404);
});

test('what is not in the files any more is listed, and disabled where that is asked for', async () => {
  const [kept, gone, broken] = [profileOf('kept'), profileOf('gone'), profileOf('broken')];
  await api.seedTenant({ name: 'leaving' });
  const all = [kept, gone, broken].map((profile) => ({ ...profile, tenant: 'leaving' }));
  await importingCollections({ profile: all });
  await api.seedProfile({ tenant: 'leaving', username: 'made here' });
  const fewer = [all[0], { ...all[2], createdOn: 'never' }];
  const listed = await importingCollections({ profile: fewer }, { update: true });
  expect(listed.missing).toEqual([{ tenant: 'leaving', _id: gone._id.$oid, username: 'gone', enabled: true }]);
  const disabling = { update: true, disableMissing: true };
  expect((await importingCollections({ profile: fewer }, disabling)).report.of('profile', 'disabled')).toBe(1);
  expect((await importingCollections({ profile: fewer }, disabling)).report.of('profile', 'disabled')).toBe(0);
  const { body } = await api.request('GET', '/profile/range', { query: { ...query, tenantName: 'leaving' } });
  const enabled = body.map(({ username, enabled }: { username: string; enabled: boolean }) => [username, enabled]);
  expect(Object.fromEntries(enabled)).toEqual({ kept: true, gone: false, broken: true, 'made here': true });
});

test('a comparison tells what differs, what is missing, and what was changed here, and writes nothing', async () => {
  await api.seedTenant({ name: 'compared' });
  const profiles = ['same', 'newer', 'mine', 'absent'].map((name) => profileOf(name, { tenant: 'compared' }));
  const [same, newer, mine, absent] = profiles;
  await importingCollections({ profile: [same, newer, mine] });
  await change(mine?._id.$oid ?? '', { email: 'mine@here.example' });
  const before = await api.items('profiles');
  const { report } = await importingCollections(
    { profile: [same, { ...newer, email: 'newer@there.example' }, mine, absent] },
    { verify: true },
  );
  const counts = (['there', 'different', 'changed here', 'missing'] as const).map((one) => report.of('profile', one));
  expect(counts).toEqual([1, 1, 1, 1]);
  expect(await api.items('profiles')).toEqual(before);
});
