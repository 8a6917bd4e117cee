import { createHash } from 'node:crypto';
import { findAttachment } from '../../functions/shared/repositories/attachments.ts';
import { deleteObjects, putObject } from '../../functions/shared/repositories/bucket.ts';
import { png } from '../support/attachments.ts';
import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const md5 = createHash('md5').update(png).digest('hex');
const idOf = (number: number) => `5e${String(number).padStart(22, '0')}`;

interface Wanted {
  readonly id: string;
  readonly profile: string;
  readonly name?: string;
  readonly contentType?: string;
}

const gridFs = (...files: readonly Wanted[]) => ({
  'fs.files': files.map(({ id, profile, name = 'avatar', contentType = 'image/png' }) => ({
    _id: { $oid: id },
    filename: `/${profile}/${name}`,
    length: png.length,
    md5,
    contentType,
  })),
  'fs.chunks': [...new Set(files.map(({ id }) => id))].map((id) => ({
    files_id: { $oid: id },
    n: 0,
    data: { $binary: { base64: png.toString('base64'), subType: '00' } },
  })),
});
const profileOf = (id: string, username: string, tenant: string) => ({
  _id: { $oid: id },
  username,
  email: 'a@b',
  tenant,
});

test.each([{ dryRun: true }, {}])(
  'the attachment of a profile whose id another one has is a reject, and never that one’s (%j)',
  async (options) => {
    const [mine, theirs, out] = [idOf(1), idOf(2), idOf(3)];
    await api.seedTenant({ name: 'here' });
    await importingCollections({ profile: [mine, theirs, out].map((id) => profileOf(id, id, 'here')) });
    const { report, rejects } = await importingCollections(
      {
        tenant: [{ name: 'there' }, { name: 'out', attributeDefinitions: 'none' }],
        profile: [profileOf(theirs, 'x', 'there'), profileOf(out, 'y', 'out')],
        ...gridFs(...[mine, theirs, out].map((profile, at) => ({ id: idOf(10 + at), profile }))),
      },
      options,
    );
    const attached = rejects.filter(({ collection }) => collection === 'fs.files');
    expect(attached.map(({ _id, reason }) => [_id, reason])).toEqual([
      [idOf(11), 'names a profile that was not taken'],
      [idOf(12), 'names a profile that was not taken'],
    ]);
    expect(report.of('attachment', 'imported')).toBe(1);
    expect(await findAttachment(theirs, 'avatar')).toBeUndefined();
  },
);

test('of two files of one id the first is taken, and the other is a reject', async () => {
  const profile = idOf(20);
  const { report, rejects } = await importingCollections({
    tenant: [{ name: 'twice' }],
    profile: [profileOf(profile, 'a', 'twice')],
    ...gridFs({ id: idOf(21), profile, name: 'first' }, { id: idOf(21), profile, name: 'second' }),
  });
  expect(report.of('attachment', 'imported')).toBe(1);
  expect(rejects).toMatchObject([
    { collection: 'fs.files', field: '_id', reason: 'is there twice: the first one is taken' },
  ]);
  expect(await findAttachment(profile, 'first')).toMatchObject({ id: idOf(21) });
});

test('a comparison finds an attachment whose bytes are gone or other ones, and one of another type', async () => {
  const profiles = [30, 31, 32, 33].map(idOf);
  const files = profiles.map((profile, at) => ({ id: idOf(40 + at), profile }));
  const collections = {
    tenant: [{ name: 'bytes' }],
    profile: profiles.map((id) => profileOf(id, id, 'bytes')),
    ...gridFs(...files),
  };
  await importingCollections(collections);
  const keys = await Promise.all(profiles.map(async (id) => (await findAttachment(id, 'avatar'))?.objectKey ?? ''));
  await deleteObjects([keys[1] ?? '']);
  await putObject(keys[2] ?? '', Buffer.from('other'), 'image/png');
  const { report, rejects } = await importingCollections(collections, { verify: true });
  expect([report.of('attachment', 'there'), report.of('attachment', 'different')]).toEqual([2, 2]);
  expect(rejects).toEqual([]);
});

test('of an attachment that is too large no more is read than tells that', async () => {
  const profile = idOf(50);
  const chunk = Buffer.alloc(1024 * 1024).toString('base64');
  const file = { filename: `/${profile}/says`, contentType: 'image/png' };
  const { rejects, report } = await importingCollections({
    tenant: [{ name: 'large' }],
    profile: [profileOf(profile, 'a', 'large')],
    'fs.files': [
      { ...file, _id: { $oid: idOf(51) }, length: 5_000_000_000 },
      { ...file, _id: { $oid: idOf(52) }, filename: `/${profile}/silent` },
    ],
    'fs.chunks': Array.from({ length: 7 }, (_, n) => ({
      files_id: { $oid: idOf(52) },
      n,
      data: { $binary: { base64: chunk, subType: '00' } },
    })),
  });
  expect(rejects.map(({ field, reason }) => [field, reason])).toEqual([
    ['length', 'is 5000000000 bytes, and 4194304 is what an upload may have'],
    ['length', 'is 5242880 bytes, and 4194304 is what an upload may have'],
  ]);
  expect([...report.oddities].map(([kind, { count }]) => [kind, count])).toEqual([
    ['a chunk is of no attachment that was taken', 2],
  ]);
});
