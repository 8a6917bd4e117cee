import { asIndexed } from '../../functions/shared/domain/profile/indexed-profile.ts';
import { findAccessToken, listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { listAttachments } from '../../functions/shared/repositories/attachments.ts';
import { findCredentials } from '../../functions/shared/repositories/credentials.ts';
import { findFirebaseKeys, listHashNotes } from '../../functions/shared/repositories/hash-notes.ts';
import { storeIdentity } from '../../functions/shared/repositories/identities.ts';
import { entryKeysOf } from '../../functions/shared/repositories/index-entries.ts';
import { findPersistentLogin } from '../../functions/shared/repositories/persistent-logins.ts';
import { listIdsByCreation } from '../../functions/shared/repositories/profile-lists.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { listSweeps } from '../../functions/shared/repositories/sweeps.ts';
import { deleteTenant, findTenant, listTenants, updateTenant } from '../../functions/shared/repositories/tenants.ts';
import { findTicket } from '../../functions/shared/repositories/tickets.ts';
import { isBuried } from '../../functions/shared/repositories/tombstones.ts';
import { findUsername } from '../../functions/shared/repositories/usernames.ts';
import { findVerificationToken } from '../../functions/shared/repositories/verification-tokens.ts';
import { asAttributes } from '../support/attributes.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { storedItems } from './fixtures/stored-items.ts';
import { all } from './store/world.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.put(table, storedItems[table]);
});
afterAll(() => api.stop());

const tenantId = '592715d4d4c650e226b03b60';
const profileId = '592715d4d4c650e226b03b62';
const bareId = '592715d4d4c650e226b03b63';
const indexedId = '592715d4d4c650e226b03b6b';
const bound = {
  tenant: 'default',
  profileId,
  credentialEpoch: 1_495_733_716_000,
  disableEpoch: 1_495_733_716_001,
};

test('what a tenant has of other identity stores', async () => {
  const movedIn = '592715d4d4c650e226b03b7a';
  expect((await findTenant('moved-in'))?.foreignHashes).toEqual(['$2b$10', '$firescrypt$ln=14,r=8,p=1']);
  expect(await listHashNotes()).toEqual([
    {
      tenantId: movedIn,
      tenant: 'moved-in',
      notedAtMs: 1_495_733_716_000,
      revision: '0b8a1c51-6a0f-4d0c-9a35-1d6d2f0f7a11',
      after: '1495733716000#592715d4d4c650e226b03b62',
    },
  ]);
  expect(await findFirebaseKeys(movedIn)).toEqual({ signerKey: 'c2lnbmVy', saltSeparator: 'Bw==' });
});

test('tenants', async () => {
  expect(await findTenant('default')).toEqual({
    id: tenantId,
    name: 'default',
    version: 2,
    createdAtMs: 1_495_733_716_000,
    verifyNewProfiles: true,
    ssoEnabled: false,
    cleanseAttributes: true,
    availableRoles: ['APP_ADMIN', 'APP_USER'],
    attributeDefinitions: [
      {
        name: 'firstName',
        metadata: { label: 'First name' },
        defaultValue: null,
        permissions: [
          { application: '*', allowedActions: ['*'] },
          { application: 'shop', allowedActions: null },
        ],
      },
    ],
    pending: [
      {
        version: 2,
        atMs: 1_495_733_720_000,
        removeRoles: ['OLD'],
        removeAttributes: ['nick'],
        defaults: asAttributes([
          ['firstName', 'Jo'],
          ['list', [1, null]],
        ]),
        indexFields: [],
        dropFields: [],
      },
    ],
  });
  expect(await findTenant('bare')).toEqual({
    id: '592715d4d4c650e226b03b61',
    name: 'bare',
    version: 1,
    createdAtMs: 1_495_733_716_001,
    verifyNewProfiles: false,
    ssoEnabled: true,
    cleanseAttributes: false,
    availableRoles: [],
    attributeDefinitions: [],
    pending: [],
  });
});

test('a tenant of two items', async () => {
  expect(await findTenant('of two items')).toEqual({
    id: '592715d4d4c650e226b03b69',
    name: 'of two items',
    version: 7,
    createdAtMs: 1_495_733_716_005,
    verifyNewProfiles: true,
    ssoEnabled: true,
    cleanseAttributes: false,
    availableRoles: ['APP_ADMIN'],
    attributeDefinitions: [
      {
        name: 'firstName',
        metadata: null,
        defaultValue: 'Jo',
        permissions: [{ application: '*', allowedActions: ['*'] }],
      },
    ],
    pending: [
      {
        version: 7,
        atMs: 1_495_733_720_000,
        removeRoles: ['OLD'],
        removeAttributes: [],
        defaults: new Map(),
        indexFields: [],
        dropFields: [],
      },
    ],
  });
  expect((await listTenants()).map(({ name }) => name)).toEqual([
    'default',
    'bare',
    'of two items',
    'indexed',
    'moved-in',
  ]);
});

test('a tenant with an index, one of its profiles, and the entries of that', async () => {
  const tenant = await findTenant('indexed');
  const profile = await findProfile(indexedId);
  if (tenant === undefined || profile === undefined) throw new Error('They are not there');
  expect(tenant.shards).toBe(4);
  expect(tenant.pending).toMatchObject([
    { indexFields: ['attributes.lang.first'], dropFields: ['attributes.lang'], removeRoles: [] },
  ]);
  expect(profile.shard).toBe(2);
  const isEntry = ({ pk }: Readonly<Record<string, unknown>>) => `${pk}`.startsWith(`INDEX#${tenant.id}#`);
  const stored = (await api.items('profiles')).filter(isEntry);
  const keys = [...entryKeysOf(asIndexed(profile, tenant)).values()];
  expect(keys.toSorted((a, b) => (a.pk < b.pk ? -1 : 1))).toEqual(stored);
});

test('profiles', async () => {
  expect(await findProfile(profileId)).toEqual({
    id: profileId,
    tenant: 'default',
    tenantId,
    username: 'john.doe',
    email: 'John.Doe@example.com',
    verified: true,
    enabled: true,
    createdAtMs: 1_495_733_716_000,
    lastModifiedMs: 1_495_733_717_000,
    roles: ['APP_USER'],
    attributes: asAttributes([
      ['firstName', 'John'],
      ['list', [1, { deep: null }]],
    ]),
    appliedVersion: 1,
    credentialEpoch: 1_495_733_716_000,
    disableEpoch: 1_495_733_716_001,
    emailEpoch: 0,
    revision: 0,
  });
  expect(await findProfile(bareId)).toEqual({
    id: bareId,
    tenant: 'default',
    tenantId,
    username: 'bare',
    email: 'bare@example.com',
    verified: false,
    enabled: false,
    createdAtMs: 1_495_733_716_002,
    lastModifiedMs: 1_495_733_716_002,
    roles: [],
    attributes: new Map(),
    appliedVersion: 2,
    credentialEpoch: 5,
    disableEpoch: 6,
    emailEpoch: 0,
    revision: 0,
  });
});

test('a profile with all its counters', async () => {
  expect(await findProfile('592715d4d4c650e226b03b66')).toEqual({
    id: '592715d4d4c650e226b03b66',
    tenant: 'counted',
    tenantId: '592715d4d4c650e226b03b67',
    username: 'counted',
    email: 'counted@example.com',
    verified: true,
    enabled: true,
    createdAtMs: 1_495_733_716_004,
    lastModifiedMs: 1_495_733_716_009,
    roles: [],
    attributes: new Map(),
    appliedVersion: 1,
    credentialEpoch: 5,
    disableEpoch: 6,
    emailEpoch: 2,
    revision: 3,
  });
});

test('credentials', async () => {
  expect(await findCredentials(profileId)).toEqual({
    profileId,
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    credentialEpoch: 1_495_733_716_000,
    failedLoginAttempts: 10,
    lastFailedLoginMs: 1_495_733_718_000,
  });
  expect(await findCredentials(bareId)).toEqual({ profileId: bareId, credentialEpoch: 5, failedLoginAttempts: 0 });
});

test('a tombstone, in the order of creation as profiles are', async () => {
  const buriedId = '592715d4d4c650e226b03b64';
  expect([await isBuried(buriedId), await findProfile(buriedId)]).toEqual([true, undefined]);
  expect(await all(listIdsByCreation(tenantId))).toEqual([profileId, bareId, buriedId]);
});

test('a username', async () => {
  expect(await findUsername('default', 'john.doe')).toEqual({ profileId, tenantId });
});

test('attachments', async () => {
  expect(await listAttachments(profileId)).toEqual([
    {
      id: 'b0d5',
      fileName: 'face',
      contentType: 'image/png',
      sizeBytes: 68,
      md5: 'f829b914fc47cfc9c0747c119c27cf1b',
      objectKey: `${profileId}/1`,
    },
    {
      id: 'b0d6',
      fileName: 'hand',
      contentType: 'image/gif',
      sizeBytes: 17,
      md5: '0123456789abcdef0123456789abcdef',
      objectKey: `${profileId}/3`,
      replacedKey: `${profileId}/2`,
    },
  ]);
});

test('sweeps', async () => {
  expect(await listSweeps()).toEqual([
    {
      tenantId,
      tenant: 'default',
      kind: 'settle',
      revision: '5be16136-b32a-4492-bd33-63b158b08d2c',
      pass: {
        scope: 'recent',
        version: 2,
        beganAtMs: 1_495_733_720_000,
        after: `1495733716000#${profileId}`,
        dueAtMs: 1_495_733_780_000,
        found: true,
        left: [],
      },
    },
    {
      tenantId: '592715d4d4c650e226b03b65',
      tenant: 'gone',
      kind: 'delete',
      revision: 'd3b5b0f6-5dd6-49a8-a245-a0e7ea758b9a',
    },
    {
      tenantId: '592715d4d4c650e226b03b6a',
      tenant: 'indexed',
      kind: 'settle',
      revision: '7c4a1f0e-2a58-4c7e-9a42-1f6a0f1d9c78',
      pass: {
        scope: 'purge',
        version: 3,
        beganAtMs: 1_495_733_720_000,
        dueAtMs: 1_495_733_780_000,
        found: false,
        left: [],
        place: { field: 'attributes.lang', shard: 2, after: `4\u00001495733716007#${indexedId}` },
      },
    },
    {
      tenantId: '592715d4d4c650e226b03b6c',
      tenant: 'was indexed',
      kind: 'delete',
      index: { fields: ['*', 'attributes.lang', 'roles'], shards: 4 },
      revision: '9d4a1f0e-2a58-4c7e-9a42-1f6a0f1d9c79',
    },
    {
      id: '592715d4d4c650e226b03b68',
      profileId: '592715d4d4c650e226b03b68',
      kind: 'clear',
      openedAtMs: 1_495_733_719_000,
      revision: '3f0d6f0e-2a58-4c7e-9a42-1f6a0f1d9c77',
    },
  ]);
});

test('access tokens', async () => {
  expect(await findAccessToken('e8f5170c-877b-416f-b70f-4b09772f8e2d')).toEqual({
    id: 'e8f5170c-877b-416f-b70f-4b09772f8e2d',
    application: 'shop',
    master: false,
    tenantPermissions: [
      { tenant: '*', allowedActions: ['READ_PROFILE'] },
      { tenant: 'default', allowedActions: null },
    ],
    expiresOnMs: 1_895_733_716_000,
    createdAtMs: 1_495_733_716_000,
  });
  expect(await findAccessToken('b4d44030-d0af-11e3-9c1a-0800200c9a66')).toEqual({
    id: 'b4d44030-d0af-11e3-9c1a-0800200c9a66',
    application: null,
    master: true,
    tenantPermissions: [],
    expiresOnMs: null,
    createdAtMs: 1_495_733_716_001,
  });
});

test('an access token of two items', async () => {
  const token = {
    id: '5d6a1c0e-0f3b-4c1e-9b1a-7e2f4c9a8d03',
    application: 'shop',
    master: false,
    tenantPermissions: [
      { tenant: '*', allowedActions: ['READ_PROFILE'] },
      { tenant: 'default', allowedActions: null },
    ],
    expiresOnMs: null,
    createdAtMs: 1_495_733_716_002,
  };
  expect(await findAccessToken(token.id)).toEqual(token);
  expect((await listAccessTokens()).at(-1)).toEqual(token);
});

test('a verification token, ticket and persistent login, by ids of which the store has hashes', async () => {
  const [token, ticket, login] = ['b33', 'b11', 'b22'].map((end) => `a1c6f1d0-0f7f-4f5c-9a52-0e7a9a3f1${end}`);
  if (token === undefined || ticket === undefined || login === undefined) throw new Error('No ids');
  expect(await findVerificationToken(token)).toEqual({
    id: token,
    ...bound,
    timestampMs: 1_495_733_716_000,
    purposes: ['verify', 'changePassword'],
  });
  expect(await findTicket(ticket)).toEqual({ id: ticket, ...bound, lastRequestTimeMs: 1_495_733_718_000 });
  expect(await findPersistentLogin(login)).toEqual({
    id: login,
    ...bound,
    token: 'f3b6c9a4-6a0f-4dd1-8a51-7f2c3f1f0c01',
    timestampMs: 1_495_733_716_000,
  });
});

test('a profile from before the revision is written to as any other, and has one from then on', async () => {
  const bare = await findProfile(bareId);
  if (bare === undefined) throw new Error('No profile');
  const renamed = await storeIdentity({ profile: bare, fields: [] }, { atMs: 1 }, { username: 'renamed' });
  expect(renamed).toEqual({ ...bare, username: 'renamed', lastModifiedMs: bare.lastModifiedMs + 1, revision: 1 });
  expect(await findProfile(bareId)).toEqual(renamed);
  expect(await storeIdentity({ profile: bare, fields: [] }, {}, { passwordHash: 'new' })).toBe('overtaken');
});

test.each(['default', 'bare'])(
  'the tenant %s of one item becomes two at its next change, and goes whole',
  async (name) => {
    const items = async () =>
      (await api.items('profiles')).filter(({ pk, sk }) => /^TENANT/.test(`${pk}`) && sk === name);
    const read = await findTenant(name);
    if (read === undefined) throw new Error('No tenant');
    expect(await items()).toHaveLength(1);
    const next = { ...read, version: read.version + 1, verifyNewProfiles: !read.verifyNewProfiles };
    expect(await updateTenant(next)).toBe(true);
    expect(await findTenant(name)).toEqual(next);
    const [head, body] = await items();
    const moved = ['availableRoles', 'attributeDefinitions', 'pending'];
    expect(Object.keys({ ...head }).filter((field) => moved.includes(field))).toEqual([]);
    expect([head?.bodyVersion, body?.tenantId]).toEqual([body?.bodyVersion, read.id]);
    expect(await deleteTenant(next, 9)).toBe(true);
    expect(await items()).toEqual([]);
  },
);

test('a damaged item is an error that names what is wrong, and is not read as something else', async () => {
  const [item] = storedItems.tickets;
  const { tenant: _, ...damaged } = { ...item, disableEpoch: '1' };
  await api.put('tickets', [damaged]);
  await expect(findTicket('a1c6f1d0-0f7f-4f5c-9a52-0e7a9a3f1b11')).rejects.toMatchObject({
    issues: [{ path: ['tenant'] }, { path: ['disableEpoch'], expected: 'number' }],
  });
});
