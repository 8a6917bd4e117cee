import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'token' });
  await api.seedTenant({ name: 'moved' });
});
afterAll(() => api.stop());

const query = { accessTokenId: 'token' };
const emailOf = async (username: string) =>
  (await api.request('GET', '/profile/by_username', { query: { ...query, tenantName: 'moved', username } })).body.email;
const itemOf = async (username: string) =>
  (await api.items('profiles')).find((item) => item.sk === 'PROFILE' && item.username === username);

let made = 0;
/** A document with this e-mail, or without any. */
const profileOf = (username: string, ...email: readonly (string | null)[]) => ({
  _id: { $oid: `5d${String(++made).padStart(22, '0')}` },
  username,
  tenant: 'moved',
  ...(email.length === 0 ? {} : { email: email[0] }),
});

test('an e-mail that is null or missing is shown as null, an empty one as it is, and a second run changes nothing', async () => {
  const profile = [
    profileOf('null', null),
    profileOf('missing'),
    profileOf('empty', ''),
    profileOf('one', 'no address'),
  ];
  const { report } = await importingCollections({ profile });
  expect([...report.oddities].map(([kind, { count }]) => [kind, count])).toEqual([
    ['an e-mail address is none, or missing: no password can be reset by it', 4],
  ]);
  const emails = await Promise.all(['null', 'missing', 'empty', 'one'].map(emailOf));
  expect(emails).toEqual([null, null, '', 'no address']);
  for (const field of ['email', 'emailKey']) expect(await itemOf('null')).not.toHaveProperty(field);
  for (const options of [{}, { update: true }, { verify: true }]) {
    const again = await importingCollections({ profile }, options);
    expect([again.report.of('profile', 'there'), again.report.rejected]).toEqual([4, 0]);
  }
});

test.each([
  ['none', 'an empty one', null, ''],
  ['an empty one', 'none', '', null],
  ['an address', 'none', 'a@example.com', null],
  ['none', 'an address', null, 'a@example.com'],
])('%s that became %s in the files is a difference, and replaced', async (before, after, from, to) => {
  const username = `${before} ${after}`;
  const profile = profileOf(username, from);
  await importingCollections({ profile: [profile] });
  const newer = { ...profile, email: to };
  const { report } = await importingCollections({ profile: [newer] }, { verify: true });
  expect(report.of('profile', 'different')).toBe(1);
  const updated = await importingCollections({ profile: [newer] }, { update: true });
  expect([updated.report.of('profile', 'replaced'), updated.report.rejected]).toEqual([1, 0]);
  expect(await emailOf(username)).toBe(to);
  expect(await itemOf(username)).toMatchObject({ emailEpoch: 1 });
});
