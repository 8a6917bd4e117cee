import { readFileSync } from 'node:fs';
import type { Heard } from '../../lib/import/run-import.ts';
import { importing, importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const tokenId = 'e8f5170c-877b-416f-b70f-4b09772f8e2d';
const hash = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';

test('the second sample file is the first without cleansing', () => {
  const [first, second] = ['', '-uncleansed'].map((suffix) =>
    readFileSync(`lib/local/sample-data${suffix}.json`, 'utf8'),
  );
  expect(second).toBe(first?.replaceAll('"cleanseAttributes": true', '"cleanseAttributes": false'));
  expect(second).not.toBe(first);
});

test('profiles of a tenant take their time where others write to its index', async () => {
  const profile = ['a', 'b', 'c'].map((username) => ({ username, tenant: 'paced' }));
  const beganMs = Date.now();
  await importingCollections({ tenant: [{ name: 'paced' }], profile }, { paceMs: 50 });
  expect(Date.now() - beganMs).toBeGreaterThanOrEqual(149);
});

test('the sample data is imported, once, and what is told of it last is all', async () => {
  const { accesstoken } = JSON.parse(readFileSync('lib/local/sample-data.json', 'utf8'));
  const heard: Heard[] = [];
  const onProgress = (one: Heard) => void heard.push(one);
  const first = await importing(['lib/local/sample-data.json'], { onProgress });
  expect(heard.at(-1)).toMatchObject({ profiles: 5, readBytes: heard.at(-1)?.allBytes });
  expect(first.lines).toEqual(['Imported 4 access tokens, 3 tenants, 5 profiles.']);
  const { lines } = await importing(['lib/local/sample-data.json']);
  expect(lines).toEqual([
    'Imported 0 access tokens, 0 tenants, 0 profiles.',
    'There already, the same: 4 access tokens, 3 tenants, 5 profiles.',
  ]);
  const query = { accessTokenId: tokenId };
  const { body } = await api.request('GET', '/profile/592715d4d4c650e226b03b62', { query });
  expect(body).toEqual({
    id: '592715d4d4c650e226b03b62',
    username: 'john.doe',
    email: 'john.doe@example.com',
    verified: true,
    enabled: true,
    createdOn: 1_495_733_716_000,
    lastModified: 1_495_733_716_000,
    tenant: 'sample-tenant',
    roles: ['APP_TEST'],
    attributes: { firstName: 'John', lastName: 'Doe' },
  });
  const listed = await api.request('GET', '/access_token/all', { query: { accessTokenId: tokenId } });
  const ids = (tokens: { id?: string; _id?: string }[]) => tokens.map(({ id, _id }) => id ?? _id);
  expect(ids(listed.body)).toEqual(ids(accesstoken));
});

test('a user signs in with the password of the old hash', async () => {
  const form = { accessTokenId: tokenId, tenantName: 'default', username: 'admin', password: 'admin' };
  expect((await api.request('POST', '/authentication/authenticate', { form })).status).toBe(200);
});

test('a hash that a sign-in has renewed is of the same password', async () => {
  const { lines } = await importing(['lib/local/sample-data.json']);
  expect(lines[1]).toContain('5 profiles');
});

test('extended JSON is read, sessions are left behind, more profiles go to a tenant that is there', async () => {
  const profile = {
    _id: { $oid: '5A0000000000000000000001' },
    username: 'ext',
    tenant: 'default',
    password: hash,
    email: 'ext@example.com',
    createdOn: { $date: { $numberLong: '1495733716000' } },
    lastModified: { $date: '2017-05-25T17:35:17Z' },
    failedLoginAttempts: { $numberInt: '3' },
    attributes: { firstName: { $numberLong: '7' }, lastName: [{ $numberDouble: '1.5' }], none: null },
  };
  const { lines } = await importingCollections({
    profile: [profile],
    ticket: [{ _id: 'a' }, { _id: 'b' }],
    verificationtoken: [],
  });
  expect(lines).toEqual([
    'Imported 0 access tokens, 0 tenants, 1 profile.',
    'Not imported: 2 documents of collection "ticket".',
  ]);
  const stored = (await api.items('profiles')).filter(({ pk }) => pk === 'PROFILE#5a0000000000000000000001');
  expect(stored).toMatchObject([
    { sk: 'CREDENTIALS', passwordHash: hash, failedLoginAttempts: 3 },
    {
      sk: 'PROFILE',
      createdAtMs: 1_495_733_716_000,
      lastModifiedMs: 1_495_733_717_000,
      enabled: false,
      attributes: { firstName: '7', lastName: '[1.5]' },
    },
  ]);
});

test.each([
  ['2017-05-25T17:35:17', 1_495_733_717_000],
  ['2017-05-25T17:35:17.000+0000', 1_495_733_717_000],
  [1_495_733_717_000, 1_495_733_717_000],
  [{ $numberLong: '-1' }, -1],
])('the date %j of an export is %j', async ($date, ms) => {
  const username = `dated ${JSON.stringify($date)}`;
  await importingCollections({ profile: [{ username, tenant: 'default', createdOn: { $date } }] });
  const stored = (await api.items('profiles')).find((item) => item.username === username);
  expect(stored?.createdAtMs).toBe(ms);
});

test('profiles from before 1970, and from a far future, are listed in the order of their creation', async () => {
  const times = [-62_135_596_800_000, -1, 0, 1_495_733_717_000, 253_402_300_800_000, 8_640_000_000_000_000];
  const profile = times.toReversed().map((ms) => ({
    username: `at ${ms}`,
    tenant: 'ages',
    createdOn: { $date: { $numberLong: `${ms}` } },
  }));
  await importingCollections({ tenant: [{ name: 'ages' }], profile });
  const query = { accessTokenId: tokenId, tenantName: 'ages', sortBy: 'createdOn', sortOrder: 'ASC' };
  const sorted = await api.request('GET', '/profile/range', { query });
  expect(sorted.body.map(({ createdOn }: { createdOn: number }) => createdOn)).toEqual(times);
  const { body } = await api.request('GET', '/profile/range', {
    query: { accessTokenId: tokenId, tenantName: 'ages' },
  });
  expect(body.map(({ createdOn }: { createdOn: number }) => createdOn)).toEqual(times);
});

test.each(['2017-02-30', '2017-05-25junk', ' ', '', '0x10', true, null, { $numberLong: '0x10' }, { $numberLong: ' ' }])(
  'a profile with the date %j is rejected',
  async ($date) => {
    const { rejects } = await importingCollections({
      profile: [{ username: 'undated', tenant: 'default', createdOn: { $date } }],
    });
    expect(rejects).toMatchObject([{ collection: 'profile', number: 1, field: 'createdOn' }]);
  },
);

test('an address as long as the store can index is imported, whatever it is', async () => {
  const email = 'x'.repeat(2000);
  const { lines } = await importingCollections({ profile: [{ username: 'long', tenant: 'default', email }] });
  expect(lines[0]).toContain('1 profile.');
});

test('names of attributes that could not be defined today are imported', async () => {
  const attributeDefinitions = [{ name: 'a,b' }, { name: ' a' }];
  const { lines } = await importingCollections({ tenant: [{ name: 'old names', attributeDefinitions }] });
  expect(lines[0]).toContain('1 tenant,');
});

test('an index that cannot be is reported, and is none; any other is made with the profiles', async () => {
  const attributeDefinitions = [
    { name: 'right', metadata: { indexed: ['deep'] } },
    { name: 'wrong', metadata: { indexed: 'yes' } },
  ];
  const attributes = { right: { deep: 'a' }, wrong: 'b' };
  const { lines } = await importingCollections({
    tenant: [
      { _id: { $oid: '5a00000000000000000000aa' }, name: 'indexed', cleanseAttributes: true, attributeDefinitions },
    ],
    profile: [{ username: 'one', email: 'a@b', tenant: 'indexed', attributes, roles: ['A', 'B'] }],
  });
  expect(lines.slice(1)).toEqual([
    'Warning: 1 × an attribute is not indexed: "indexed" is neither true nor false nor a list of paths (attributeDefinitions.1.metadata).',
  ]);
  const keys = (await api.items('profiles')).map(({ pk }) => pk);
  const prefix = 'INDEX#5a00000000000000000000aa#0#';
  expect(keys.filter((pk) => `${pk}`.startsWith(prefix))).toEqual([
    `${prefix}attributes.right.deep`,
    `${prefix}roles`,
    `${prefix}roles`,
  ]);
  expect(await findOrphans(api)).toEqual([]);
});

test('profiles of many entries are imported, as many in a transaction as it takes', async () => {
  const attributeDefinitions = Array.from({ length: 30 }, (_, at) => ({ name: `a${at}`, metadata: { indexed: true } }));
  const attributes = Object.fromEntries(attributeDefinitions.map(({ name }, at) => [name, [at, 'x'.repeat(2000)]]));
  const profile = Array.from({ length: 12 }, (_, at) => ({ username: `many${at}`, tenant: 'many', attributes }));
  const { lines } = await importingCollections({ tenant: [{ name: 'many', attributeDefinitions }], profile });
  expect(lines[0]).toBe('Imported 0 access tokens, 1 tenant, 12 profiles.');
  expect(await findOrphans(api)).toEqual([]);
});

test('hundreds of profiles are imported, what is there already is skipped', async () => {
  const profile = Array.from({ length: 200 }, (_, n) => ({ username: `user${n}`, tenant: 'default', email: 'a@b' }));
  expect((await importingCollections({ profile: profile.slice(50, 60) })).lines[0]).toContain('10 profiles');
  const { lines } = await importingCollections({ profile });
  expect(lines).toEqual([
    'Imported 0 access tokens, 0 tenants, 190 profiles.',
    'There already, the same: 10 profiles.',
  ]);
});

test.each([
  ['tenant', 'is missing', { profile: [{ username: 'a' }] }],
  ['email', 'is longer than 2,000 bytes', { profile: [{ username: 'a', tenant: 'default', email: 'İ'.repeat(667) }] }],
  [
    undefined,
    'The name of an attribute is longer than 65535 bytes',
    { profile: [{ username: 'a', tenant: 'default', attributes: { ['x'.repeat(65_536)]: 1 } }] },
  ],
  [
    undefined,
    'The name of an attribute is longer than 65535 bytes',
    { tenant: [{ name: 'a', attributeDefinitions: [{ name: 'x'.repeat(65_536) }] }] },
  ],
  ['tenant', 'its tenant is neither in the files nor here', { profile: [{ username: 'a', tenant: 'nowhere' }] }],
  [undefined, 'The name of the tenant is missing', { tenant: [{ name: ' ' }] }],
  [undefined, 'The id of an access token must have 1 to 1024 bytes', { accesstoken: [{ _id: '' }] }],
  [
    'attributes',
    /^makes the profile 6\d\d KB large, .*"b" alone has 400 KB$/,
    {
      profile: [
        { username: 'a', tenant: 'default', attributes: { a: 'x'.repeat(200 * 1024), b: 'y'.repeat(400 * 1024 - 2) } },
      ],
    },
  ],
])('rejected before anything of it is stored: %s %s', async (field, reason, collections) => {
  const before = await api.items('profiles');
  const { rejects, report } = await importingCollections(collections);
  expect(rejects).toMatchObject([{ field, reason: expect.stringMatching(reason) }]);
  expect(report.rejected).toBe(1);
  expect(await api.items('profiles')).toEqual(before);
});

test('a password whose hash nobody can check is left behind, and the profile taken', async () => {
  const profile = [{ username: 'unchecked', tenant: 'default', email: 'a@b', password: 'secret' }];
  const { lines } = await importingCollections({ profile });
  expect(lines).toEqual([
    'Imported 0 access tokens, 0 tenants, 1 profile.',
    'Warning: 1 × a password was left behind: its hash is of no form that is known, or costs too much (password).',
  ]);
});

test('names that nothing new could have are taken with a warning, which tells no secret', async () => {
  const { lines } = await importingCollections({
    accesstoken: [
      { _id: 'old/1', application: 'crm', master: false },
      { _id: 'fine-1', master: false },
    ],
    tenant: [{ name: '*', cleanseAttributes: true }, { name: 'a/b' }, { name: 'a?b' }, { name: '100%' }],
    profile: [{ username: 'u', email: 'a@b', tenant: 'a?b' }],
  });
  expect(lines).toEqual([
    'Imported 2 access tokens, 4 tenants, 1 profile.',
    'Warning: 3 × a tenant has a name that no URL can carry, or that means every tenant (name).',
    'Warning: 1 × an access token has an id that no URL can name: only "npm run admin -- token revoke -" ends it (_id).',
  ]);
});

test('a tenant of such a name can be updated', async () => {
  const query = { accessTokenId: tokenId };
  for (const name of ['*', 'a/b', 'a?b']) {
    const json = { name, availableRoles: ['R'] };
    const { status, body } = await api.request('POST', '/tenant/update', { query, json });
    expect([status, body.name, body.availableRoles]).toEqual([200, name, ['R']]);
  }
});

test('the seed of the recorded exchanges is imported as it is', async () => {
  const { lines } = await importing(['test/parity/fixtures/seed.json'], { mergeTenants: true });
  expect(lines.join('\n')).toContain('Imported ');
  const query = { accessTokenId: tokenId, tenantName: 'default', username: 'jdoe' };
  const { body } = await api.request('GET', '/profile/by_username', { query });
  expect([body.createdOn, Math.abs(body.createdOn - Date.now()) < 60_000]).toEqual([body.lastModified, true]);
});

describe('a hint at the wire line', () => {
  const field = 'no tenant has the field "cleanseAttributes"';
  const older = { tenant: [{ name: 'older' }] };
  const hints = async (collections: object) =>
    (await importingCollections(collections)).lines.filter((line) => line.includes('WIRE_LINE'));
  const onLine = async (line: string | undefined, collections: object) => {
    if (line !== undefined) process.env.WIRE_LINE = line;
    try {
      return await hints(collections);
    } finally {
      delete process.env.WIRE_LINE;
    }
  };

  test.each([undefined, '3.1'])('is given on the default line (WIRE_LINE %s), and names its signs', async (line) => {
    const [hint] = await onLine(line, { ...older, accesstoken: [{ _id: 'old', application: 'a' }] });
    expect(hint).toMatch(/^WARNING: check WIRE_LINE/);
    expect(hint).toContain(field);
    expect(hint).toContain('no access token has the field "master"');
  });

  test.each(['3.0', '3.1.0'])('is not given on the line %s', async (line) => {
    expect(await onLine(line, older)).toEqual([]);
  });

  test.each([
    ['one tenant has cleanseAttributes', { tenant: [{ name: 'older' }, { name: 'newer', cleanseAttributes: false }] }],
    ['one tenant has what 4.1 leaves there', { tenant: [{ name: 'older', expiresOn: { $date: 0 } }] }],
    ['there are profiles only', { profile: [{ username: 'only', tenant: 'default' }] }],
    ['access tokens have master', { accesstoken: [{ _id: 'x' }, { _id: 'y', master: false }] }],
  ])('is not given where %s', async (_, collections) => {
    expect(await hints(collections)).toEqual([]);
  });

  test('a line that there is not is told before anything is stored', async () => {
    await expect(onLine('2.5', { tenant: [{ name: 'never' }] })).rejects.toThrow('WIRE_LINE must be 3.1, 3.1.0 or 3.0');
    expect(JSON.stringify(await api.items('profiles'))).not.toContain('"never"');
  });
});
