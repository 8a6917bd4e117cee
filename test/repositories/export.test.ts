import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { JsonText } from '../../functions/shared/domain/values/json-text.ts';
import { listAttachments } from '../../functions/shared/repositories/attachments.ts';
import { deleteObjects } from '../../functions/shared/repositories/bucket.ts';
import { runExport } from '../../lib/export/run-export.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { runImport } from '../../lib/import/run-import.ts';
import { formOf, png } from '../support/attachments.ts';
import { definition } from '../support/definitions.ts';
import { documentsOf } from '../support/exported-documents.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
const tokenId = 'token-that-nobody-may-see';
const legacyHash = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';
const all = { format: 'own', withSecrets: true, withAttachments: true, tenant: undefined, stage: 'local' } as const;
let api: LocalApi;
let made = 0;

const folder = () => join(directory, `${++made}`);
const read = (path: string) => readFileSync(path, 'utf8');
async function exported(options: Partial<Parameters<typeof runExport>[1]> = {}) {
  const path = folder();
  return { path, ...(await runExport(path, { ...all, ...options })) };
}

/** Every file below a folder but the manifest, by its name. */
function contentsOf(path: string, prefix = ''): Readonly<Record<string, string>> {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== 'manifest.json');
  return Object.assign(
    {},
    ...entries.map((entry) =>
      entry.isDirectory()
        ? contentsOf(join(path, entry.name), `${entry.name}/`)
        : { [`${prefix}${entry.name}`]: readFileSync(join(path, entry.name)).toString('latin1') },
    ),
  );
}

async function importInto(path: string) {
  const { report } = await runImport(await openSource([path], {}), { folders: [path] });
  return report;
}

const empty = async () => {
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
};

const upload = (profileId: string, fileName: string) =>
  api.request('POST', `/profile/${profileId}/uploadAttachment`, {
    ...formOf({ fileName, bytes: png }),
    query: { accessTokenId: tokenId },
  });

const attribute = (json: string) => new JsonText(json);
let full: Profile;

/** One of everything that an import can take back. */
async function seed() {
  await empty();
  await api.seedAccessTokens([
    { id: tokenId, master: true, application: 'shop', createdAtMs: 1 },
    { id: 'second', expiresOnMs: 4_102_444_800_000, createdAtMs: 2, application: null },
    { id: 'third', createdAtMs: 3, tenantPermissions: [{ tenant: 'second', allowedActions: null }] },
  ]);
  const attributeDefinitions = [
    definition('plain', { metadata: { indexed: true, none: null } }),
    definition('odd', { metadata: { $oid: 'x' }, defaultValue: { $date: 1 } }),
    definition('list', { defaultValue: [3, 1, 2] }),
  ];
  await api.seedTenant({ id: '5a0000000000000000000002', name: 'second', cleanseAttributes: false });
  await api.seedTenant({
    id: '5a0000000000000000000001',
    name: 'first',
    createdAtMs: 0x5a000000 * 1000,
    availableRoles: ['B', 'A'],
    attributeDefinitions,
    ssoEnabled: true,
    verifyNewProfiles: true,
  });
  full = await api.seedProfile({
    tenant: 'first',
    username: 'full',
    id: '592715d4d4c650e226b03b62',
    verified: true,
    createdAtMs: -1000,
    lastModifiedMs: 1_495_733_716_000,
    roles: ['B', 'A'],
    credentials: { passwordHash: legacyHash, failedLoginAttempts: 7, lastFailedLoginMs: 1_500_000_000_000 },
    attributes: new Map([
      ['plain', attribute('"text"')],
      ['list', attribute('[3,1,{"b":[2,null],"a":{}}]')],
      ['number', attribute('12345678901234567890.123456789')],
      ['odd', attribute('{"$oid":"592715d4d4c650e226b03b62"}')],
      ['$set', attribute('1')],
      ['dollars', attribute('["$5"]')],
      ['__proto__', attribute('{"__proto__":1}')],
    ]),
  });
  await api.seedProfile({ tenant: 'first', username: 'bare', enabled: false, email: '' });
  await api.seedProfile({ tenant: 'first', username: 'without address', email: null });
  await api.seedProfile({ tenant: 'second', username: 'renewed', password: 'right' });
  for (const name of ['b.png', 'a.png']) await upload(full.id, name);
}

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});
beforeEach(seed);

test('what is exported, imported into an empty installation and exported again is equal, byte for byte', async () => {
  const first = await exported();
  const before = (await api.items('profiles')).filter(({ sk }) => sk === 'CREDENTIALS');
  await empty();
  const report = await importInto(first.path);
  expect([report.rejected, report.of('attachment', 'imported'), report.leftBehind.size]).toEqual([0, 2, 0]);
  const second = await exported();
  expect(contentsOf(second.path)).toEqual(contentsOf(first.path));
  expect(Object.keys(contentsOf(first.path)).sort()).toEqual([
    'accesstoken.jsonl',
    'attachment.jsonl',
    'attachments/1',
    'attachments/2',
    'profile.jsonl',
    'tenant.jsonl',
  ]);
  expect(second.manifest.files).toEqual(first.manifest.files);
  const after = (await api.items('profiles')).filter(({ sk }) => sk === 'CREDENTIALS');
  const told = ({ profileId, passwordHash, failedLoginAttempts, lastFailedLoginMs }: Record<string, unknown>) => [
    profileId,
    passwordHash,
    failedLoginAttempts,
    lastFailedLoginMs,
  ];
  expect(after.map(told)).toEqual(before.map(told));
  const stored = (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${full.id}` && sk === 'PROFILE');
  expect(stored?.attributes).toMatchObject({
    number: '12345678901234567890.123456789',
    odd: '{"$oid":"592715d4d4c650e226b03b62"}',
    $set: '1',
    dollars: '["$5"]',
    '.__proto__': '{"__proto__":1}',
  });
  const bytes = await Promise.all((await listAttachments(full.id)).map(({ md5, fileName }) => [fileName, md5]));
  expect(bytes).toEqual([
    ['a', 'f829b914fc47cfc9c0747c119c27cf1b'],
    ['b', 'f829b914fc47cfc9c0747c119c27cf1b'],
  ]);
});

test('a profile is written in the stored form of the old server', async () => {
  const { path } = await exported();
  const [line = ''] = read(join(path, 'profile.jsonl')).split('\n');
  expect(line).toBe(
    `{"_id":{"$oid":"${full.id}"},"username":"full","tenant":"first","email":"full@example.com","verified":true,"enabled":true,` +
      '"createdOn":{"$date":{"$numberLong":"-1000"}},"lastModified":{"$date":{"$numberLong":"1495733716000"}},"roles":["A","B"],' +
      '"attributes":{"__proto__":{"__proto__":1},"list":[3,1,{"b":[2,null],"a":{}}],"number":12345678901234567890.123456789,"plain":"text"},' +
      '"attributeTexts":[{"name":"$set","text":"1"},{"name":"dollars","text":"[\\"$5\\"]"},{"name":"odd","text":"{\\"$oid\\":\\"592715d4d4c650e226b03b62\\"}"}],' +
      `"password":"${legacyHash}","failedLoginAttempts":7,"lastFailedLogin":{"$date":{"$numberLong":"1500000000000"}}}`,
  );
});

test('without secrets neither a hash of a password nor an id of an access token is in any file', async () => {
  const { path, manifest } = await exported({ withSecrets: false });
  const hashes = (await api.items('profiles')).flatMap(({ passwordHash }) => passwordHash ?? []).map(String);
  const texts = Object.values(contentsOf(path));
  const secrets = [
    tokenId,
    '"second"}',
    '"third"',
    'argon2',
    ...hashes,
    ...hashes.flatMap((hash) => hash.split(/[|$]/)),
  ];
  const long = secrets.filter((secret) => secret.length > 5);
  expect(hashes).toHaveLength(2);
  expect(
    long.filter((secret) => [...texts, read(join(path, 'manifest.json'))].some((text) => text.includes(secret))),
  ).toEqual([]);
  expect(Object.keys(manifest.files).sort()).toEqual(['attachment.jsonl', 'profile.jsonl', 'tenant.jsonl']);
});

test('the folder is its owner’s alone, and so is each file', async () => {
  const { path } = await exported();
  const modes = ['', 'attachments', 'profile.jsonl', 'tenant.jsonl', 'manifest.json', 'attachments/1'].map((name) =>
    (statSync(join(path, name)).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['700', '700', '600', '600', '600', '600']);
});

test('an empty folder is taken, and becomes its owner’s alone; any other place is refused as it is', async () => {
  const [open, full, file, link] = [folder(), folder(), folder(), folder()];
  mkdirSync(open, { mode: 0o755 });
  mkdirSync(full);
  writeFileSync(join(full, 'kept'), 'kept');
  writeFileSync(file, 'kept');
  symlinkSync(open, link);
  for (const [path, reason] of [
    [full, 'is not empty'],
    [file, 'is no folder'],
    [link, 'is no folder'],
  ] as const)
    await expect(runExport(path, all)).rejects.toThrow(`${path} ${reason}`);
  expect(readdirSync(open)).toEqual([]);
  await runExport(open, all);
  expect(statSync(open).mode & 0o777).toBe(0o700);
  expect(readdirSync(full)).toEqual(['kept']);
});

test('one tenant is exported with its profiles, and with the access tokens that are for it alone', async () => {
  const { path } = await exported({ tenant: 'second' });
  expect(documentsOf(path, 'tenant.jsonl')).toMatchObject([{ name: 'second', cleanseAttributes: false }]);
  expect(documentsOf(path, 'profile.jsonl')).toMatchObject([{ username: 'renewed' }]);
  expect(documentsOf(path, 'accesstoken.jsonl')).toMatchObject([{ _id: 'third' }]);
  await expect(runExport(folder(), { ...all, tenant: 'third' })).rejects.toThrow('There is no tenant "third"');
});

test('an attachment whose bytes are gone is left out and counted', async () => {
  const [first] = await listAttachments(full.id);
  await deleteObjects([first?.objectKey ?? '']);
  const { path, losses, manifest } = await exported();
  expect(losses.of('attachment')).toBe(1);
  expect(documentsOf(path, 'attachment.jsonl')).toMatchObject([{ name: 'b', file: 'attachments/1' }]);
  expect(manifest.attachments).toEqual({ files: 1, bytes: png.length });
});

test('an export that fails on its way has no manifest, and no import takes it', async () => {
  await api.put('profiles', [{ pk: `PROFILE#${full.id}`, sk: 'ATTACHMENT#z', id: 'damaged' }]);
  const path = folder();
  await expect(runExport(path, all)).rejects.toThrow();
  expect(readdirSync(path).sort()).toEqual([
    'accesstoken.jsonl.part',
    'attachment.jsonl.part',
    'attachments',
    'profile.jsonl.part',
    'tenant.jsonl.part',
  ]);
  await expect(openSource([path], {})).rejects.toThrow('Nothing of Crafter Profile');
});
