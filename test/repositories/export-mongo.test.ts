import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonText } from '../../functions/shared/domain/values/json-text.ts';
import { attachmentToItem, listAttachments } from '../../functions/shared/repositories/attachments.ts';
import { putObject } from '../../functions/shared/repositories/bucket.ts';
import { runExport } from '../../lib/export/run-export.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { runImport } from '../../lib/import/run-import.ts';
import { png, pngMd5 } from '../support/attachments.ts';
import { definition } from '../support/definitions.ts';
import { documentsOf } from '../support/exported-documents.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
const options = {
  format: 'mongoexport',
  withSecrets: true,
  withAttachments: true,
  tenant: undefined,
  stage: 'local',
} as const;
const legacyHash = '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw==';
const id = '592715d4d4c650e226b03b62';
const small = '5a00000000000000000000b1';
const large = '5a00000000000000000000b2';
const largeBytes = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(600_000, 'x')]);
let api: LocalApi;
let made = 0;

async function exported() {
  const path = join(directory, `${++made}`);
  return { path, ...(await runExport(path, options)) };
}

async function attach(attachmentId: string, fileName: string, bytes: Buffer, contentType: string) {
  const md5 = hash('md5', bytes);
  const objectKey = `${id}/${fileName}`;
  await putObject(objectKey, bytes, contentType);
  const attachment = { id: attachmentId, fileName, contentType, sizeBytes: bytes.length, md5, objectKey };
  await api.put('profiles', [attachmentToItem(id, attachment)]);
}

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'first', application: 'shop', expiresOnMs: 1_495_733_716_000 });
  await api.seedTenant({
    id: '5a0000000000000000000001',
    attributeDefinitions: [
      definition('plain', { defaultValue: 1 }),
      definition('odd', { metadata: { $ne: 1 }, defaultValue: { deep: [{ $ne: 1 }] } }),
    ],
  });
  await api.seedProfile({
    id,
    username: 'old',
    createdAtMs: 1_495_733_716_000,
    credentials: { passwordHash: legacyHash },
    attributes: new Map([
      ['plain', new JsonText('["$5",9007199254740993]')],
      ['odd', new JsonText('{"deep":[{"$ne":1}]}')],
      ['$set', new JsonText('1')],
      ['a.b', new JsonText('1')],
    ]),
  });
  await api.seedProfile({ username: 'new', password: 'right' });
  await attach(large, 'b', largeBytes, 'image/gif');
  await attach(small, 'a', png, 'image/png');
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});

test('collections are files that the old server’s tools read, numbers to the last digit', async () => {
  const { path, manifest } = await exported();
  expect(Object.entries(manifest.files).map(([name, { documents }]) => [name, documents])).toEqual([
    ['accesstoken.json', 1],
    ['tenant.json', 1],
    ['profile.json', 2],
    ['fs.files.json', 2],
    ['fs.chunks.json', 4],
  ]);
  expect(documentsOf(path, 'accesstoken.json')).toEqual([
    {
      _id: 'first',
      application: 'shop',
      master: false,
      tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
      expiresOn: { $date: { $numberLong: '1495733716000' } },
    },
  ]);
  const [old = ''] = readFileSync(join(path, 'profile.json'), 'utf8').split('\n');
  expect(old).toContain('"attributes":{"plain":["$5",9007199254740993]},');
});

test('what cannot go back is left out and counted', async () => {
  const { path, losses } = await exported();
  const passwords = documentsOf(path, 'profile.json').map(({ username, password }) => [username, password]);
  expect(passwords).toEqual([
    ['old', legacyHash],
    ['new', undefined],
  ]);
  expect(losses.of('renewed password')).toBe(1);
  expect(losses.of('attribute')).toBe(3);
  expect(losses.of('definition')).toBe(2);
  const [{ attributeDefinitions }] = documentsOf(path, 'tenant.json');
  const permissions = [{ application: '*', allowedActions: ['*'] }];
  expect(attributeDefinitions).toEqual([
    { name: 'plain', defaultValue: 1, permissions },
    { name: 'odd', permissions },
  ]);
});

test('attachments are files of GridFS, cut into chunks of 255 KB', async () => {
  const { path } = await exported();
  expect(documentsOf(path, 'fs.files.json')[0]).toEqual({
    _id: { $oid: small },
    filename: `/${id}/a`,
    length: { $numberLong: '70' },
    chunkSize: { $numberLong: '261120' },
    uploadDate: { $date: { $numberLong: '1509949440000' } },
    md5: pngMd5,
    contentType: 'image/png',
  });
  const [first, ...others] = documentsOf(path, 'fs.chunks.json');
  expect(first).toEqual({
    _id: { $oid: expect.stringMatching(/^5a000000[0-9a-f]{16}$/) },
    files_id: { $oid: small },
    n: 0,
    data: { $binary: png.toString('base64'), $type: '00' },
  });
  const parts = others.map(({ data }) => Buffer.from(data.$binary, 'base64'));
  expect(parts.map(({ length }) => length)).toEqual([261_120, 261_120, 77_766]);
  expect(Buffer.concat(parts).equals(largeBytes)).toBe(true);
});

test('two exports of the same data are equal, and import takes them', async () => {
  const [one, two] = [await exported(), await exported()];
  expect(two.manifest.files).toEqual(one.manifest.files);
  for (const table of ['profiles', 'tokens'] as const) await api.clear(table);
  const { report } = await runImport(await openSource([one.path], {}));
  expect([report.rejected, report.of('profile', 'imported'), report.of('attachment', 'imported')]).toEqual([0, 2, 2]);
  expect((await listAttachments(id)).map(({ fileName, md5 }) => [fileName, md5])).toEqual([
    ['a', pngMd5],
    ['b', hash('md5', largeBytes)],
  ]);
});
