import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { KeptFolder } from '../../lib/import/kept-folder.ts';
import { png } from '../support/attachments.ts';
import { exampleDump, exportedLines } from '../support/example-dump.ts';
import { importing } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { dumpOf, tarOf, writeFiles } from '../support/mongodump.ts';
import { findOrphans } from '../support/orphans.ts';
import { inScratchDirectory } from '../support/scratch-directory.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());
inScratchDirectory();

const { collections, expected } = exampleDump(150);
const query = { accessTokenId: 'moving-in-token' };

/** Each way in which the same data may lie on a disk, written into the current folder. */
const forms: Readonly<Record<string, () => string>> = {
  'a dump': () => {
    writeFiles('dump', dumpOf('crafterprofile', collections));
    return 'dump/crafterprofile';
  },
  'a packed dump of a whole server': () => {
    writeFiles('dump', dumpOf('crafterprofile', collections, { isGzip: true }));
    writeFiles('dump', dumpOf('craftersocial', { 'fs.files': collections['fs.files'] ?? [] }, { isGzip: true }));
    writeFiles('dump', dumpOf('admin', { 'system.users': [{ _id: 'root' }] }, { isGzip: true }));
    return 'dump';
  },
  'an archive': () => {
    writeFileSync('dump.tar', tarOf(dumpOf('crafterprofile', collections)));
    return 'dump.tar';
  },
  'exported lines': () => {
    writeFiles(
      'lines',
      new Map(Object.entries(collections).map(([name, all]) => [`${name}.json`, Buffer.from(exportedLines(all))])),
    );
    return 'lines';
  },
  'exported canonical lines': () => {
    const texts = Object.entries(collections).map(
      ([name, all]) => [`${name}.json`, Buffer.from(exportedLines(all, { relaxed: false }))] as const,
    );
    writeFiles('lines', new Map(texts));
    return 'lines';
  },
};

test('a dump is imported, with its attachments, and what cannot be taken is told', async () => {
  const { report, rejects, lines } = await importing([forms['a dump']?.() ?? '']);
  expect([report.of('profile', 'imported'), report.of('attachment', 'imported')]).toEqual([
    expected.profiles,
    expected.attachments,
  ]);
  const said = rejects.map(({ collection, field, reason }) => `${collection} ${field}: ${reason}`);
  expect(said.sort()).toEqual([
    'fs.files chunks: lacks chunk 0',
    'fs.files contentType: is none that attachments may have',
    'fs.files filename: is not /PROFILE/NAME: it is no attachment of a profile',
    'fs.files filename: names a profile that is neither in the files nor here',
    'fs.files md5: is not that of the bytes',
    'profile _id: is no ObjectId: --new-ids takes such profiles under new ids',
    expect.stringMatching(/^profile attributes: makes the profile 411 KB large/),
    'profile tenant: its tenant is neither in the files nor here',
    'profile undefined: its id, or its username in its tenant, is there twice: the first one is taken',
    'profile undefined: its id, or its username in its tenant, is there twice: the first one is taken',
    'profile username: is missing or empty',
  ]);
  expect(rejects).toHaveLength(expected.rejected);
  expect(lines).toContain('Not imported: 1 document of collection "ticket".');
  expect(await findOrphans(api)).toEqual([]);
});

test.each(Object.entries(forms))('%s of what is here changes nothing, and says so', async (_form, write) => {
  const before = await api.items('profiles');
  const { report, rejects } = await importing([write()]);
  expect([report.of('profile', 'there'), report.of('attachment', 'there'), rejects.length]).toEqual([
    expected.profiles,
    expected.attachments,
    expected.rejected,
  ]);
  expect(await api.items('profiles')).toEqual(before);
});

test('what users see is what they had', async () => {
  const form = { ...query, tenantName: 'north', username: 'user 3', password: 'admin' };
  expect((await api.request('POST', '/authentication/authenticate', { form })).status).toBe(200);
  const { body, bytes } = await api.request('GET', '/profile/by_username', {
    query: { ...query, tenantName: 'north', username: 'user 3' },
  });
  expect(body).toMatchObject({
    id: '5d0000020000000000000003',
    email: 'user3@example.org',
    verified: true,
    enabled: true,
    createdOn: Date.UTC(1969, 11, 31) + 3 * 7_200_000,
    roles: ['OWNER'],
    attributes: { firstName: 'Ana 3 — ☃', score: 3, born: Date.UTC(1969, 11, 31) + 3 * 7_200_000 },
  });
  expect(bytes.toString()).toContain('"visits":9007199254740993},null,-0.5]');
  const attachment = await api.request('GET', '/profile/5d0000020000000000000007/attachment/avatar', { query });
  expect(attachment.bytes).toEqual(png);
});

test('what of attachments cannot be taken is kept where that is asked for, for its owner alone', async () => {
  const keptFolder = new KeptFolder('import-kept');
  for (let run = 0; run < 2; run++) await importing([forms['a dump']?.() ?? ''], { keptFolder });
  expect(existsSync('import-kept')).toBe(true);
  expect(readdirSync('import-kept')).toHaveLength(4);
});

test('a comparison of all kinds with what is here finds nothing', async () => {
  const { report } = await importing([forms['exported lines']?.() ?? ''], { verify: true });
  const differences = (['missing', 'different', 'changed here'] as const).map((outcome) =>
    report.of('profile', outcome),
  );
  expect([differences, report.of('attachment', 'missing'), report.of('attachment', 'there')]).toEqual([
    [0, 0, 0],
    0,
    20,
  ]);
});
