import { hash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deleteAttachmentsOf, listAttachments } from '../../functions/shared/repositories/attachments.ts';
import { checkManifest, hasManifest } from '../../lib/export/check-manifest.ts';
import { manifestText } from '../../lib/export/manifest.ts';
import { runExport } from '../../lib/export/run-export.ts';
import { loadPaths, requireLoadable } from '../../lib/import/import-paths.ts';
import { installation } from '../../lib/import/import-store.ts';
import type { ImportOptions } from '../../lib/import/importing.ts';
import { KeySet } from '../../lib/import/key-set.ts';
import { importOwnAttachments } from '../../lib/import/own-attachments.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { KeptLines } from '../../lib/import/rejects-file.ts';
import { ImportReport } from '../../lib/import/report.ts';
import { runImport } from '../../lib/import/run-import.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { formOf, png } from '../support/attachments.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { tarOf } from '../support/mongodump.ts';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
const query = { accessTokenId: 'app-token' };
const options = { format: 'own', withSecrets: true, withAttachments: true, tenant: undefined, stage: 'local' } as const;
let api: LocalApi;
let profileId: string;
let path: string;
let made = 0;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: query.accessTokenId });
  profileId = (await api.seedProfile({ username: 'mara' })).id;
  for (const fileName of ['a.png', 'b.png'])
    await api.request('POST', `/profile/${profileId}/uploadAttachment`, { query, ...formOf({ fileName, bytes: png }) });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});
beforeEach(async () => {
  path = join(directory, `${++made}`);
  await runExport(path, options);
});

const inside = (name: string) => join(path, name);
/** The last byte but one, with one bit turned. */
function turn(name: string) {
  const bytes = readFileSync(inside(name));
  bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
  writeFileSync(inside(name), bytes);
}
function behindLink(name: string) {
  renameSync(inside(name), `${path}-moved`);
  symlinkSync(`${path}-moved`, inside(name));
}

test('an export as it was written passes', async () => {
  const { files, attachments, ...told } = await checkManifest(path);
  expect(told).toEqual({
    format: 'serverless-profile-export',
    version: 1,
    documents: 'own',
    madeAt: expect.any(String),
    stage: 'local',
    withSecrets: true,
    withAttachments: true,
  });
  expect(Object.entries(files).map(([name, { documents }]) => [name, documents])).toEqual([
    ['accesstoken.jsonl', 1],
    ['tenant.jsonl', 1],
    ['profile.jsonl', 1],
    ['attachment.jsonl', 2],
  ]);
  expect(attachments).toEqual({ files: 2, bytes: 2 * png.length });
});

test('a folder with a manifest is told from any other path', () => {
  const paths = [path, directory, inside('profile.jsonl'), inside('nothing')];
  expect(paths.map(hasManifest)).toEqual([true, false, false, false]);
});

test.each<[string, string, () => void]>([
  ['a byte of the profiles is another', 'profile.jsonl has another SHA-256', () => turn('profile.jsonl')],
  ['a byte of an attachment is another', 'attachments/2 has another SHA-256', () => turn('attachments/2')],
  [
    'a byte of the lines on attachments is another',
    'attachment.jsonl has another SHA-256',
    () => turn('attachment.jsonl'),
  ],
  ['a byte of the manifest is another', 'manifest.json is no manifest', () => turn('manifest.json')],
  ['the manifest has a blank more', 'manifest.json is no manifest', () => appendFileSync(inside('manifest.json'), ' ')],
  ['a file is longer', 'tenant.jsonl has', () => appendFileSync(inside('tenant.jsonl'), '\n')],
  ['a file is missing', 'accesstoken.jsonl is missing', () => rmSync(inside('accesstoken.jsonl'))],
  ['an attachment is missing', 'attachments/1 is missing', () => rmSync(inside('attachments/1'))],
  ['the manifest is missing', 'manifest.json is no file', () => rmSync(inside('manifest.json'))],
  ['a file is there that was not', 'ticket.jsonl is none', () => writeFileSync(inside('ticket.jsonl'), '')],
  ['an attachment is there that was not', 'attachments/3 is none', () => writeFileSync(inside('attachments/3'), '')],
  ['a folder is there that was not', 'more is none', () => mkdirSync(inside('more'))],
  ['a file is behind a link', 'profile.jsonl is a link', () => behindLink('profile.jsonl')],
  ['an attachment is behind a link', 'attachments/1 is a link', () => behindLink('attachments/1')],
  ['the attachments are behind a link', 'attachments is no folder', () => behindLink('attachments')],
])('refused where %s', async (_, message, damage) => {
  damage();
  const refusal = checkManifest(path);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(join(path, message));
});

test.each(['no JSON', '{}', 'null', '{"file":1}'])(
  'a line on attachments that is %j is wrong usage, whatever the manifest says',
  async (line) => {
    writeFileSync(inside('attachment.jsonl'), `${line}\n`);
    const { sha256: _, ...manifest } = JSON.parse(readFileSync(inside('manifest.json'), 'utf8'));
    const bytes = Buffer.from(`${line}\n`);
    manifest.files['attachment.jsonl'] = { documents: 1, bytes: bytes.length, sha256: hash('sha256', bytes) };
    writeFileSync(inside('manifest.json'), manifestText(manifest));
    const refusal = checkManifest(path);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow('attachment.jsonl has a line that is none');
  },
);

test('an export in a folder below the one that was named, or in an archive, is wrong usage: nobody would hold it to its manifest', async () => {
  const outer = join(directory, `${++made}`);
  cpSync(path, join(outer, 'backup'), { recursive: true });
  const below = openSource([outer], {});
  await expect(below).rejects.toThrow(UsageError);
  await expect(below).rejects.toThrow(`An export is in "${join(outer, 'backup')}"`);
  const files = new Map(
    ['manifest.json', 'profile.jsonl', 'tenant.jsonl'].map((name) => [`./backup/${name}`, readFileSync(inside(name))]),
  );
  writeFileSync(`${outer}.tar`, tarOf(files));
  writeFileSync(`${outer}.tgz`, gzipSync(tarOf(files)));
  for (const archive of [`${outer}.tar`, `${outer}.tgz`]) {
    const packed = openSource([archive], {});
    await expect(packed).rejects.toThrow(UsageError);
    await expect(packed).rejects.toThrow(`"${archive}" holds an export: unpack it, and name its folder`);
  }
});

test('a manifest of somebody else, in a folder below, is passed over', async () => {
  const outer = join(directory, `${++made}`);
  mkdirSync(join(outer, 'data'), { recursive: true });
  writeFileSync(join(outer, 'data', 'manifest.json'), '{"format":"of a backup"}');
  writeFileSync(join(outer, 'data', 'profile.json'), '{"username":"mara","tenant":"default"}');
  expect((await openSource([outer], {})).collections).toEqual(['profile']);
});

test('an installation that is loaded from an export holds it to its manifest', async () => {
  turn('profile.jsonl');
  for (const load of [requireLoadable, loadPaths]) await expect(load([path])).rejects.toThrow('has another SHA-256');
});

describe('attachments of an export', () => {
  async function imported(options: ImportOptions = {}) {
    const rejects = new KeptLines();
    const report = new ImportReport(rejects);
    const source = await openSource([path], {});
    const importing = { source, options, stored: installation, report, nowMs: 0, heard: () => undefined };
    await importOwnAttachments(importing, new KeySet(), [path]);
    const [there, taken] = [report.of('attachment', 'there'), report.of('attachment', 'imported')];
    return { there, taken, reasons: rejects.lines };
  }
  const rename = (from: string, to: string) =>
    writeFileSync(inside('attachment.jsonl'), readFileSync(inside('attachment.jsonl'), 'utf8').replace(from, to));

  test('are there already where they are', async () => {
    expect(await imported()).toEqual({ there: 2, taken: 0, reasons: [] });
  });

  test('are counted by a dry run, and stay where they are', async () => {
    await deleteAttachmentsOf(profileId);
    expect(await imported({ dryRun: true })).toEqual({ there: 0, taken: 2, reasons: [] });
    expect(await listAttachments(profileId)).toEqual([]);
    expect(await imported()).toEqual({ there: 0, taken: 2, reasons: [] });
    expect(await listAttachments(profileId)).toHaveLength(2);
  });

  test('are taken as they are by a dry run for an installation that is not there yet', async () => {
    const { report } = await runImport(await openSource([path], {}), {
      dryRun: true,
      forNobody: true,
      folders: [path],
    });
    expect([report.rejected, report.of('attachment', 'imported')]).toEqual([0, 2]);
  });

  test.each<[string, string, string, () => void]>([
    ['outside of it', 'file', 'is none that an export has', () => rename('attachments/1', '../1')],
    ['by an absolute path', 'file', 'is none that an export has', () => rename('attachments/1', '/etc/1')],
    ['that is not there', 'file', 'is not there', () => rename('attachments/1', 'attachments/9')],
    ['behind a link', 'file', 'is a link, or cannot be read', () => behindLink('attachments/1')],
    [
      'of another length',
      'length',
      'says 70 bytes, and there are 71',
      () => appendFileSync(inside('attachments/1'), ' '),
    ],
    ['of other bytes', 'md5', 'is not that of the bytes', () => turn('attachments/1')],
  ])('a file %s is a reject', async (_, field, reason, damage) => {
    damage();
    const { there, reasons } = await imported();
    expect([there, reasons]).toEqual([1, [expect.objectContaining({ file: 'attachment.jsonl', field, reason })]]);
  });
});
