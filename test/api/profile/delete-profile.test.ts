import { handle } from '../../../functions/profile/delete-profile.ts';
import { attachmentToItem } from '../../../functions/shared/repositories/attachments.ts';
import { listObjects, putObject } from '../../../functions/shared/repositories/bucket.ts';
import { storeIdentity } from '../../../functions/shared/repositories/identities.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { buryProfile } from '../../../functions/shared/repositories/tombstones.ts';
import { reindex } from '../../../lib/admin/reindex.ts';
import { asAttributes } from '../../support/attributes.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { definition } from '../../support/definitions.ts';
import { indexedByRoles } from '../../support/indexed.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  await api.seedTenant();
});
afterAll(() => api.stop());

const remove = (id: string, accessTokenId = 'app-token') =>
  api.request('POST', `/profile/${id}/delete`, { query: { accessTokenId } });
const get = (path: string, parameters = {}) => api.request('GET', path, { query: { ...query, ...parameters } });
const itemsOf = async (id: string) =>
  (await api.items('profiles')).filter(({ pk, profileId }) => pk === `PROFILE#${id}` || profileId === id);
/** What is left to do of a buried profile, as it is stored. */
const openOf = (id: string) => ({ pk: 'SWEEP', sk: `PROFILE#${id}`, id, profileId: id, kind: 'clear' });

async function attach(id: string, fileName: string): Promise<void> {
  const objectKey = `${id}/${fileName}`;
  const attachment = { id: fileName, fileName, contentType: 'image/png', sizeBytes: 1, md5: '', objectKey };
  await api.put('profiles', [attachmentToItem(id, attachment)]);
  await putObject(objectKey, new Uint8Array([1]), 'image/png');
}

test('200 without body, and nothing of the profile is left: credentials, username, attachments', async () => {
  const { id } = await api.seedProfile({ password: 'secret' });
  await attach(id, 'a.png');
  await attach(id, 'b.png');
  const { status, headers, bytes } = await remove(id);
  expect([status, headers.get('content-type'), headers.get('content-length'), bytes.length]).toEqual([
    200,
    null,
    '0',
    0,
  ]);
  expect(await itemsOf(id)).toEqual([]);
  expect(await listObjects(`${id}/`)).toEqual([]);
});

test('no key of any table has an indexed phone number of it any more, also while the index is being made anew', async () => {
  const phone = '+49 89 1234567';
  const phoneNumber = definition('phone', { metadata: { indexed: true } });
  const tenant = await api.seedTenant({ name: 'phones', attributeDefinitions: [phoneNumber] });
  const keysWith = async () => {
    const items = [...(await api.items('profiles')), ...(await api.items('tokens')), ...(await api.items('tickets'))];
    return items.filter((item) => JSON.stringify(item).includes(phone)).map(({ pk }) => pk);
  };
  const attributes = asAttributes([['phone', phone]]);
  const partition = `INDEX#${tenant.id}#0#attributes.phone`;
  const { id } = await api.seedProfile({ tenant: 'phones', attributes });
  expect(await keysWith()).toEqual([partition, `PROFILE#${id}`]);
  await remove(id);
  expect(await keysWith()).toEqual([]);
  const later = await api.seedProfile({ tenant: 'phones', attributes });
  await reindex({ tenant: 'phones', shards: undefined });
  expect(await keysWith()).toEqual([partition, `PROFILE#${later.id}`]);
  await remove(later.id);
  expect(await keysWith()).toEqual([]);
});

test('nobody finds it any more, its sessions are dead, its username is free', async () => {
  const { id, username } = await api.seedProfile({ username: 'jo' });
  const ticket = await api.request('POST', '/authentication/ticket/create', { query, form: { profileId: id } });
  await remove(id);
  expect((await get(`/profile/${id}`)).status).toBe(404);
  expect((await get('/profile/by_username', { tenantName: 'default', username })).status).toBe(404);
  expect((await get('/profile/by_ticket', { ticketId: ticket.body.id })).body.errorCode).toBe('NO_SUCH_TICKET');
  expect((await get(`/authentication/ticket/${ticket.body.id}`)).status).toBe(404);
  const form = { tenantName: 'default', username, email: 'jo@example.com', enabled: 'true' };
  expect((await api.request('POST', '/profile/create', { query, form })).status).toBe(200);
});

test.each(['507c7f79bcf86cd799439011', 'zzz'])('200 for the id "%s" of nobody', async (id) => {
  const { status, bytes } = await remove(id, await tokenOfElsewhere(api));
  expect([status, bytes.length]).toEqual([200, 0]);
});

test('an id in upper case is the same', async () => {
  const { id } = await api.seedProfile({ id: '5aabcdef00000000000000ff' });
  expect((await remove(id.toUpperCase())).status).toBe(200);
  expect(await itemsOf(id)).toEqual([]);
});

test('twice is no error', async () => {
  const { id } = await api.seedProfile();
  expect([(await remove(id)).status, (await remove(id)).status]).toEqual([200, 200]);
});

test('of calls at once all succeed', async () => {
  const { id } = await api.seedProfile();
  const answers = await Promise.all(Array.from({ length: 8 }, () => remove(id)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(await itemsOf(id)).toEqual([]);
});

test('403 without MANAGE_PROFILES, then without READ_TENANT, and the profile stays', async () => {
  const { id } = await api.seedProfile();
  const reader = await remove(id, await tokenThatMay(api, 'READ_TENANT'));
  expect([reader.status, reader.body]).toEqual([403, denied('MANAGE_PROFILES')]);
  const manager = await remove(id, await tokenThatMay(api, 'MANAGE_PROFILES'));
  expect([manager.status, manager.body]).toEqual([403, denied('READ_TENANT')]);
  expect((await get(`/profile/${id}`)).status).toBe(200);
});

test('a tombstone holds no personal data and is in no index', async () => {
  const profile = await api.seedProfile({ attributes: asAttributes([['x', 'y']]), roles: ['R'] });
  await buryProfile(profile, [indexedByRoles(profile)], 7);
  expect(await itemsOf(profile.id)).toEqual([
    { pk: `PROFILE#${profile.id}`, sk: 'PROFILE', deletedAtMs: 7 },
    { ...openOf(profile.id), openedAtMs: 7, revision: expect.any(String) },
  ]);
  expect((await get(`/profile/${profile.id}`)).status).toBe(404);
});

test('a deletion that was cut short behind the tombstone is carried on by the next call', async () => {
  const profile = await api.seedProfile();
  await attach(profile.id, 'a.png');
  await buryProfile(profile, [indexedByRoles(profile)], 7);
  expect((await remove(profile.id)).status).toBe(200);
  expect([await itemsOf(profile.id), await listObjects(`${profile.id}/`)]).toEqual([[], []]);
});

test('a username that the profile took meanwhile goes with it', async () => {
  const profile = await api.seedProfile();
  const deps = {
    findTenant,
    findProfile,
    isBuried: async () => false,
    deleteAttachmentsOf: async () => undefined,
    deleteTombstone: async () => undefined,
    buryProfile: jest.fn(buryProfile).mockImplementationOnce(async (read, indexings, atMs) => {
      await storeIdentity(indexedByRoles(read), {}, { username: 'renamed' });
      return buryProfile(read, indexings, atMs);
    }),
  };
  const caller = api.seedAccessToken();
  await handle(deps, {
    caller,
    parameters: { id: profile.id },
    body: undefined,
    files: new Map(),
    query: [],
    settings: {},
  });
  expect(deps.buryProfile.mock.calls.map(([read]) => read.username)).toEqual([profile.username, 'renamed']);
  expect(await findProfile(profile.id)).toBeUndefined();
});

test('a profile of a tenant that was deleted is absent, and left to the sweep', async () => {
  const orphan = await api.seedProfile({ tenantId: '5a0000000000000000000000' });
  expect((await remove(orphan.id)).status).toBe(200);
  expect(await itemsOf(orphan.id)).toHaveLength(3);
});

test('405 with another method', async () => {
  const { status, headers } = await get('/profile/507c7f79bcf86cd799439011/delete');
  expect([status, headers.get('allow')]).toEqual([405, 'POST']);
});
