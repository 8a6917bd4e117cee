import { deleteObjects, listObjects } from '../../functions/shared/repositories/bucket.ts';
import { listOpenReceipts, listReceipts } from '../../functions/shared/repositories/erasure-receipts.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { formOf, png } from '../support/attachments.ts';
import { everything } from '../support/everything.ts';
import { installKill, type Kill } from '../support/kill.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { type Operator, operatorHere } from '../support/operator.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../support/sessions.ts';
import { keepVersions } from '../support/versioned-bucket.ts';

const accessTokenId = 'app-token';
let api: LocalApi;
let operator: Operator;
let kill: Kill;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  operator = operatorHere();
  kill = installKill();
});
afterAll(async () => {
  operator.stop();
  await api.stop();
});
beforeEach(async () => {
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  await deleteObjects(await listObjects(''));
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ name: 'shop', availableRoles: ['BUYER'] });
});

/** A person with everything that there can be of one. */
async function aPerson(username = 'mara') {
  const profile = await api.seedProfile({
    tenant: 'shop',
    username,
    email: `${username}@example.org`,
    password: 'pearl',
    roles: ['BUYER'],
    attributes: new Map(),
  });
  await seedTicket(profile);
  await seedPersistentLogin(profile);
  await seedVerificationToken(profile);
  const upload = await api.request('POST', `/profile/${profile.id}/uploadAttachment`, {
    query: { accessTokenId },
    ...formOf({ fileName: 'face.png', bytes: png }, { accessTokenId }),
  });
  expect(upload.status).toBe(200);
  return profile;
}

const person = (...args: readonly string[]) => operator.run('person', 'erase', ...args);
const byName = ['--tenant', 'shop', '--username', 'mara'];

/** All that is stored anywhere, but receipts, that names one of these. */
async function left(...names: readonly string[]) {
  const keys = (await listObjects('')).filter((key) => !key.startsWith('receipts/'));
  const text = `${await everything(api)}\n${keys.join('\n')}`;
  return names.filter((name) => text.includes(name));
}

test('nothing is left of the person, and everything of others; the receipt names nobody', async () => {
  const other = await aPerson('omar');
  const { id } = await aPerson();
  const lines = await person(...byName, '--yes');
  expect(lines).toEqual([
    `Profile ${id} is erased, with its password, index entries and attachments. Sessions and tokens: 3. Old versions of attachments: 0.`,
    'A local stack has no backups.',
    'The receipt is in the bucket of attachments, under receipts/done.',
  ]);
  expect(await left(id, 'mara')).toEqual([]);
  expect(await findProfile(other.id)).toEqual(other);
  const receipts = await listReceipts(0);
  expect(receipts).toEqual([
    {
      profileId: id,
      user: expect.stringMatching(/^[\da-f]{32}$/),
      beganAtMs: expect.any(Number),
      endedAtMs: expect.any(Number),
      operator: expect.any(String),
    },
  ]);
  expect(await listReceipts((receipts[0]?.beganAtMs ?? 0) + 1)).toEqual([]);
  expect(await listOpenReceipts()).toEqual([]);
  await expect(person(...byName, '--yes')).rejects.toThrow('There is no user "mara" of tenant "shop"');
});

test('old versions of attachments, and marks of their deletion, go for good', async () => {
  const { id } = await aPerson();
  const versions = keepVersions([
    ...[1, 2, 3, 4, 5].map((at) => ({ Key: `${id}/x${at}`, VersionId: `v${at}` })),
    { Key: 'ffffffffffffffffffffffff/x', VersionId: 'v' },
  ]);
  try {
    const [first] = await person('--profile', id.toUpperCase(), '--yes');
    expect(first).toContain('Old versions of attachments: 5.');
    expect(versions.kept()).toEqual([{ Key: 'ffffffffffffffffffffffff/x', VersionId: 'v' }]);
  } finally {
    versions.stop();
  }
});

test('cut short at any call of store or bucket, and called again, it comes to its end', async () => {
  let last: number | undefined;
  for (let calls = 0; last === undefined; calls++) {
    const { id } = await aPerson();
    kill.after(calls);
    const ended = await person(...byName, '--yes').then(
      () => true,
      () => false,
    );
    const made = kill.revive();
    const isThere = (await findProfile(id)) !== undefined || (await listOpenReceipts()).length > 0;
    if (isThere) await person(...byName, '--yes');
    expect({ calls, left: await left(id, 'mara'), open: await listOpenReceipts() }).toEqual({
      calls,
      left: [],
      open: [],
    });
    expect((await listReceipts(0)).filter(({ profileId }) => profileId === id)).toHaveLength(1);
    if (ended) last = made;
  }
  expect(last).toBeGreaterThan(15);
}, 120_000);

test('whoever has the name by then is not erased for somebody else', async () => {
  const { id } = await aPerson();
  kill.after(12);
  await expect(person(...byName, '--yes')).rejects.toThrow('killed');
  kill.revive();
  expect(await findProfile(id)).toBeUndefined();
  const namesake = await aPerson();
  const lines = await person(...byName, '--yes');
  expect(lines[0]).toMatch(/^An erasure that was cut short is ended: it began on /);
  expect(lines.at(-1)).toBe(
    `Another profile has the username by now and is as it was: --profile ${namesake.id} erases that.`,
  );
  expect(await findProfile(namesake.id)).toEqual(namesake);
  expect(await left(id)).toEqual([]);
});

test('of a profile that was deleted as everybody may, what is left is erased by its id', async () => {
  const profile = await aPerson();
  await api.request('POST', `/profile/${profile.id}/delete`, { form: { accessTokenId } });
  expect(await left(profile.id)).toEqual([profile.id]);
  await person('--profile', profile.id, '--yes');
  expect(await left(profile.id)).toEqual([]);
  await expect(person('--profile', profile.id, '--yes')).rejects.toThrow(`There is no profile ${profile.id}`);
});

test('a profile whose tenant is deleted goes with that first', async () => {
  const { id } = await aPerson();
  await api.request('POST', '/tenant/shop/delete', { form: { accessTokenId } });
  await expect(person('--profile', id, '--yes')).rejects.toThrow(`The tenant of profile ${id} is deleted`);
  expect(await listOpenReceipts()).toEqual([]);
});

test('without a person to ask, and without --yes, nothing is erased', async () => {
  const { id } = await aPerson();
  await expect(person(...byName)).rejects.toThrow(
    new UsageError('Nobody can be asked here for the username again: --yes erases without asking'),
  );
  expect(await findProfile(id)).toBeDefined();
});
