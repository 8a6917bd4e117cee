import { putObject } from '../../functions/shared/repositories/bucket.ts';
import { asApp } from '../support/as-app.ts';
import { formOf, png } from '../support/attachments.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans, type OrphanRule, orphansIn, readStored, type Stored } from '../support/orphans.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../support/sessions.ts';

type Item = Stored['profiles'][number];

let api: LocalApi;
let sound: Stored;
const [id, otherId] = ['592715d4d4c650e226b03b62', '592715d4d4c650e226b03b63'];
const [tenantId, goneId, deletedId] = [
  '5a0000000000000000000001',
  '5a0000000000000000000002',
  '5a0000000000000000000003',
];
const { post } = asApp(() => api);

/** Two profiles, one with everything, a change and a deletion that are open, and what the latter is about to take away. */
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  await api.seedTenant({ id: deletedId, name: 'deleted' });
  await api.seedProfile({ username: 'late', tenant: 'deleted' });
  await post('/tenant/deleted/delete');
  await api.put('profiles', [
    { ...profileKey('5a00000000000000000000ff'), deletedAtMs: 1, tenantId: deletedId, createdKey: '1#1' },
    { ...profileKey(cutShort), deletedAtMs: 1 },
    { ...sweepOf(cutShort), id: cutShort, profileId: cutShort, kind: 'clear', openedAtMs: 1, revision: '' },
  ]);
  await api.seedTenant({ id: tenantId, availableRoles: ['A'] });
  const profile = await api.seedProfile({ id, username: 'mara', createdAtMs: 1_495_733_716_000, roles: ['B'] });
  await api.seedProfile({ id: otherId, username: 'other' });
  await post('/tenant/default/roles/remove', { role: 'A' });
  const request = { query: { accessTokenId: 'app-token' }, ...formOf({ fileName: 'a.png', bytes: png }) };
  await api.request('POST', `/profile/${id}/uploadAttachment`, request);
  await Promise.all([seedTicket(profile), seedPersistentLogin(profile), seedVerificationToken(profile)]);
  sound = await readStored(api);
});
afterAll(() => api.stop());

const profileKey = (profileId: string) => ({ pk: `PROFILE#${profileId}`, sk: 'PROFILE' });
const sweepOf = (profileId: string) => ({ pk: 'SWEEP', sk: `PROFILE#${profileId}` });
const cutShort = '5a00000000000000000000fe';
const profile = `PROFILE#${id} PROFILE`;
const isAt = (key: string) => (item: Item) => `${item.pk} ${item.sk}` === key;

const adding =
  (...items: readonly Item[]) =>
  (stored: Stored): Stored => ({ ...stored, profiles: [...stored.profiles, ...items] });
const without =
  (key: string) =>
  (stored: Stored): Stored => ({ ...stored, profiles: stored.profiles.filter((item) => !isAt(key)(item)) });
const changing =
  (key: string, values: Item) =>
  (stored: Stored): Stored => ({
    ...stored,
    profiles: stored.profiles.map((item) => (isAt(key)(item) ? { ...item, ...values } : item)),
  });

/** The entry of a role of that profile. */
const entryOf = (role: string) => ({ pk: `INDEX#${tenantId}#0#roles`, sk: `3${role}\u00001495733716000#${id}` });
const textOf = ({ pk, sk }: ReturnType<typeof entryOf>) => `${pk} ${sk}`;

/** One orphan of each kind, planted into what is sound: how, and where it is found. */
const plants: Readonly<Record<OrphanRule, readonly [plant: (stored: Stored) => Stored, at: string | RegExp]>> = {
  'a username without its profile': [
    adding({ pk: 'LOGIN#default#ghost', sk: 'LOGIN', profileId: goneId, tenantId }),
    'LOGIN#default#ghost LOGIN',
  ],
  'a username that its profile does not have': [
    adding({ pk: 'LOGIN#default#former', sk: 'LOGIN', profileId: id, tenantId }),
    'LOGIN#default#former LOGIN',
  ],
  'a profile without its username': [without('LOGIN#default#mara LOGIN'), profile],
  'a profile without credentials': [without(`PROFILE#${id} CREDENTIALS`), profile],
  'credentials of nobody': [
    adding({ pk: `PROFILE#${goneId}`, sk: 'CREDENTIALS', profileId: goneId }),
    `PROFILE#${goneId} CREDENTIALS`,
  ],
  'credentials of another epoch than their profile': [
    changing(`PROFILE#${id} CREDENTIALS`, { credentialEpoch: 1 }),
    profile,
  ],
  'a profile of no tenant': [without(`SWEEP ${deletedId}`), /^PROFILE#/],
  'a profile whose index keys are not those of its values': [
    changing(profile, { emailKey: `${tenantId}#former@x.y` }),
    profile,
  ],
  'an entry of the index that its profile does not have': [adding(entryOf('C')), textOf(entryOf('C'))],
  'a profile without an entry of the index': [without(textOf(entryOf('B'))), textOf(entryOf('B'))],
  'an attachment of nobody': [
    (stored) => ({
      ...adding({ pk: `PROFILE#${goneId}`, sk: 'ATTACHMENT#a', objectKey: `${goneId}/1` })(stored),
      objects: [...stored.objects, `${goneId}/1`],
    }),
    `PROFILE#${goneId} ATTACHMENT#a`,
  ],
  'an attachment without its object': [(stored) => ({ ...stored, objects: [] }), `PROFILE#${id} ATTACHMENT#a`],
  'an object of no attachment': [
    (stored) => ({ ...stored, objects: [...stored.objects, `${id}/former`] }),
    `${id}/former`,
  ],
  'an object under another profile than its attachment': [
    (stored) => ({
      ...adding({ pk: `PROFILE#${otherId}`, sk: 'ATTACHMENT#a', objectKey: `${id}/2` })(stored),
      objects: [...stored.objects, `${id}/2`],
    }),
    `PROFILE#${otherId} ATTACHMENT#a`,
  ],
  'a tombstone that nothing clears': [adding({ ...profileKey(goneId), deletedAtMs: 1 }), `PROFILE#${goneId} PROFILE`],
  'a deletion to be finished of a profile that is there': [
    adding({ ...sweepOf(id), id, profileId: id, kind: 'clear', openedAtMs: 1, revision: '' }),
    `SWEEP PROFILE#${id}`,
  ],
  'a refused mail that its profile does not know of': [
    adding({ pk: 'MAIL_REFUSED', sk: id, atMs: 1 }),
    `MAIL_REFUSED ${id}`,
  ],
  'a profile whose refused mail nobody finds': [changing(profile, { mailRefusedAtMs: 1 }), profile],
  'a note on hashes, or keys of such, of a tenant that knows of none': [
    adding({ pk: 'FIREBASE_KEYS', sk: tenantId, signerKey: '', saltSeparator: '' }),
    `FIREBASE_KEYS ${tenantId}`,
  ],
  'a tenant with foreign hashes that no note ends': [
    changing('TENANT default', { foreignHashes: ['$2b$10'] }),
    'TENANT default',
  ],
  'a sweep of nobody': [
    adding({ pk: 'SWEEP', sk: goneId, tenant: 'gone', kind: 'settle', revision: '' }),
    `SWEEP ${goneId}`,
  ],
  'changes of a tenant that no sweep carries out': [without(`SWEEP ${tenantId}`), 'TENANT default'],
  'a body that no head names': [
    (stored) => ({
      ...stored,
      tokens: [...stored.tokens, { pk: 'ACCESS_TOKEN_BODY', sk: 'gone', bodyVersion: '1', tenantPermissions: '[]' }],
    }),
    'ACCESS_TOKEN_BODY gone',
  ],
  'a head without the body that it names': [without('TENANT_BODY default'), 'TENANT default'],
  'a session or token that never ends': [
    (stored) => ({ ...stored, tickets: stored.tickets.map(({ expiresAtSeconds, ...item }) => item) }),
    /^(TICKET|PERSISTENT_LOGIN)#/,
  ],
  'an item of no known kind': [adding({ pk: 'STRAY', sk: 'x' }), 'STRAY x'],
};

test('what is in use, or about to go, is no orphan', () => {
  expect(orphansIn(sound)).toEqual([]);
  expect(sound.profiles.filter(({ pk }) => pk === 'SWEEP')).toHaveLength(3);
  expect([sound.tokens.length, sound.tickets.length, sound.objects.length]).toEqual([2, 2, 1]);
});

test.each(Object.entries(plants))('%s is found', (rule, [plant, at]) => {
  const found = orphansIn(plant(sound));
  const keys = found.filter((orphan) => orphan.startsWith(`${rule}: `)).map((orphan) => orphan.slice(rule.length + 2));
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) expect(key).toEqual(typeof at === 'string' ? at : expect.stringMatching(at));
});

test('one that lies in the tables or in the bucket is found', async () => {
  await api.put('profiles', [{ pk: `PROFILE#${goneId}`, sk: 'CREDENTIALS', profileId: goneId }]);
  await api.put('tickets', [{ pk: 'TICKET#x', sk: 'TICKET' }]);
  await putObject(`${goneId}/1`, png, 'image/png');
  expect(await findOrphans(api)).toEqual([
    `credentials of nobody: PROFILE#${goneId} CREDENTIALS`,
    `an object of no attachment: ${goneId}/1`,
    'a session or token that never ends: TICKET#x TICKET',
  ]);
});
