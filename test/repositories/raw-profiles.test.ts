import { findProfileWithCredentials } from '../../functions/shared/repositories/credentials.ts';
import { profileKey, profilesTable } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { getManyItems } from '../../functions/shared/repositories/dynamodb/many-reads.ts';
import { getItems } from '../../functions/shared/repositories/dynamodb/reads.ts';
import { findProfiles, profileOf, profileToItem } from '../../functions/shared/repositories/profiles.ts';
import { profileOfRaw } from '../../functions/shared/repositories/raw-profiles.ts';
import { findWholeProfiles } from '../../functions/shared/repositories/whole-profiles.ts';
import { asAttributes } from '../support/attributes.ts';
import { exampleProfile } from '../support/example-profile.ts';
import { installFaults, throttled } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { storedItems } from './fixtures/stored-items.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const idOf = (number: number) => number.toString(16).padStart(24, '0');
const many = Array.from({ length: 250 }, (_, number) =>
  exampleProfile({ id: idOf(number), username: `user${number}`, createdAtMs: number }),
);

const odd = [
  exampleProfile({
    id: idOf(1000),
    roles: ['Ä\u0000"', '😀'],
    shard: 3,
    revision: 7,
    emailEpoch: 2,
    mailRefusedAtMs: 9,
  }),
  exampleProfile({ id: idOf(1001), email: '', createdAtMs: -5, username: '\\u0041' }),
  exampleProfile({ id: idOf(1003), email: null }),
  exampleProfile({
    id: idOf(1002),
    attributes: asAttributes([
      ['__proto__', { constructor: 1 }],
      ['constructor', '\u0001\ud83d\ude00'],
      ['toString', [1e200, '12345678901234567890', null]],
      ['S', 'x'.repeat(300_000)],
    ]),
  }),
];

test('a profile is read as the store writes it as it is by the schema', async () => {
  const items = [...storedItems.profiles, ...odd.map(profileToItem)];
  await api.put('profiles', items);
  const keys = items.filter(({ sk }) => sk === 'PROFILE').map(({ pk }) => ({ pk: String(pk), sk: 'PROFILE' }));
  const byKey = <Profile extends { readonly id: string } | undefined>(profiles: readonly Profile[]) =>
    new Map(profiles.map((profile) => [profile?.id, profile]));
  const bySchema = byKey((await getItems(profilesTable(), keys)).map(profileOf));
  const raw = byKey((await getManyItems(profilesTable(), keys)).map(profileOfRaw));
  expect(raw).toEqual(bySchema);
  expect(raw.size).toBeGreaterThan(odd.length);
});

test('both halves of profiles are read as each is, in the order of the ids; one without its other half is none', async () => {
  const seeded = [
    await api.seedProfile({
      id: idOf(3001),
      credentials: { passwordHash: 'hash', failedLoginAttempts: 3, lastFailedLoginMs: 5 },
    }),
    await api.seedProfile({ id: idOf(3002) }),
  ];
  await api.put('profiles', [
    profileToItem(exampleProfile({ id: idOf(3003) })),
    { ...profileKey(idOf(3004)), deletedAtMs: 1 },
  ]);
  const ids = [3002, 3003, 3004, 3005, 3001, 3002].map(idOf);
  const whole = await findWholeProfiles(ids);
  expect(whole.map(({ profile }) => profile.id)).toEqual([idOf(3002), idOf(3001)]);
  for (const { profile, credentials } of whole)
    expect({ profile, credentials }).toEqual(await findProfileWithCredentials(profile.id));
  expect(whole[1]?.profile.username).toBe(seeded[0]?.username);
});

test('what is no profile is an error that quotes nothing of it', async () => {
  const damaged = { ...profileToItem(exampleProfile({ id: idOf(2000), email: 'secret@example.com' })), enabled: 'yes' };
  await api.put('profiles', [damaged]);
  const [item] = await getManyItems(profilesTable(), [profileKey(idOf(2000))]);
  expect(() => profileOfRaw(item ?? {})).toThrow(/^Field "enabled" of a stored profile cannot be read$/);
});

describe('many profiles', () => {
  beforeAll(() => api.put('profiles', many.map(profileToItem)));
  const ids = many.map(({ id }) => id);

  test('come in the order of their ids, each once, without those that are not there', async () => {
    const asked = [...ids.toReversed(), idOf(9999), ...ids];
    expect((await findProfiles(asked)).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('come whole from batches that the store cuts, throttles and loses', async () => {
    const faults = installFaults();
    faults.cutNext('BatchGetItem', 7, 2);
    faults.failNext('BatchGetItem', throttled);
    faults.failNext('BatchGetItem', 'lostAnswer');
    expect(await findProfiles(ids)).toEqual(many.map((profile) => ({ ...profile, shard: undefined })));
    expect([faults.injected(), faults.pending()]).toEqual([4, 0]);
    faults.uninstall();
  });
});
