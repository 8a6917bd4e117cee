import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { listArchive } from '../../../../lib/import/read/archive.ts';
import { headOf, ReadFault } from '../../../../lib/import/read/bytes.ts';
import { readJson } from '../../../../lib/import/read/json-file.ts';
import { byteFile, told } from '../../../support/byte-files.ts';
import { type DumpFiles, type OddEntry, tarOf } from '../../../support/mongodump.ts';

const files: DumpFiles = new Map(
  Object.entries({
    './d/profile.json': '{"a":1}\n{"a":2}\n',
    'd/long.json': `{"a":"${'x'.repeat(3000)}"}`,
    'd/empty.json': '',
    'd/tenant.json.gz': '{"b":1}',
  }).map(([path, text]) => [path, path.endsWith('.gz') ? gzipSync(text) : Buffer.from(text)]),
);

const refusal = async (...odd: readonly OddEntry[]) =>
  await listArchive(byteFile('a.tar', tarOf(files, ...odd))).then(
    () => 'listed',
    (fault: unknown) => (fault instanceof ReadFault ? fault.message : fault),
  );

const list = async (bytes: Buffer, ...cuts: readonly number[]) => [
  ...(await listArchive(byteFile('a.tar', bytes, ...cuts))),
];

test('the files of an archive are listed and read, again and again', async () => {
  const listed = await list(tarOf(files, { type: 'Directory', path: 'e/' }));
  expect(listed.map(([path, { name, size }]) => [path, name, size])).toEqual([
    ['d/profile.json', 'a.tar!d/profile.json', 16],
    ['d/long.json', 'a.tar!d/long.json', 3008],
    ['d/empty.json', 'a.tar!d/empty.json', 0],
    ['d/tenant.json.gz', 'a.tar!d/tenant.json.gz', expect.any(Number)],
  ]);
  for (const time of [1, 2])
    expect([time, ...(await Promise.all(listed.map(([, file]) => told(readJson(file, undefined)))))]).toEqual([
      time,
      [{ a: 1 }, { a: 2 }],
      [{ a: 'x'.repeat(3000) }],
      [],
      [{ b: 1 }],
    ]);
});

test('wherever an archive is cut into pieces, it holds the same', async () => {
  const bytes = tarOf(files);
  for (let cut = 0; cut < bytes.length; cut += 97) {
    const listed = await list(bytes, cut);
    expect(listed).toHaveLength(4);
    for (const [path, file] of listed)
      if (path === 'd/long.json') expect(await told(readJson(file, undefined))).toEqual([{ a: 'x'.repeat(3000) }]);
  }
});

test.each<[OddEntry, string]>([
  [
    { type: 'SymbolicLink', path: 'd/l', linkpath: '/etc/passwd' },
    'holds something that is neither file nor folder: "d/l"',
  ],
  [{ type: 'Link', path: 'd/l', linkpath: 'd/profile.json' }, 'holds something that is neither file nor folder: "d/l"'],
  [{ type: 'CharacterDevice', path: 'd/l' }, 'holds something that is neither file nor folder: "d/l"'],
  [{ type: 'Directory', path: '../x' }, 'holds a file that would lie outside of it: "../x"'],
  [{ type: 'Directory', path: 'd/../../x' }, 'holds a file that would lie outside of it: "d/../../x"'],
  [{ type: 'Directory', path: '/x' }, 'holds a file that would lie outside of it: "/x"'],
])('an archive with %j is refused', async (odd, reason) => expect(await refusal(odd)).toBe(reason));

test('two files of one name are refused', async () => {
  const twice = new Map([...files, ['d/profile.json', Buffer.from('{"a":3}')]]);
  await expect(list(tarOf(twice))).rejects.toThrow('holds two files of one name: "d/profile.json"');
});

test('what is no archive is refused', async () => {
  await expect(list(Buffer.alloc(2048, 0x41))).rejects.toThrow('is a damaged archive');
  await expect(list(gzipSync(gzipSync(tarOf(files))))).rejects.toThrow('is packed twice');
});

test('an archive that is cut off is refused, whole files in it or not', async () => {
  const bytes = tarOf(files);
  await expect(list(bytes.subarray(0, 2000))).rejects.toThrow('is a damaged archive');
});

test('an entry that has become shorter since gives what is there', async () => {
  let bytes = tarOf(files);
  const archive = { ...byteFile('a.tar', bytes), chunks: () => byteFile('a.tar', bytes).chunks() };
  const listed = await listArchive(archive);
  bytes = bytes.subarray(0, 520);
  const profiles = listed.get('d/profile.json');
  expect(await told(readJson(profiles ?? byteFile('', ''), undefined))).toEqual([
    { a: 1 },
    expect.stringMatching(/: the file (?:is a damaged archive|is cut off: its archive ends before its end)$/),
  ]);
});

test('whatever the bytes are, they are an archive or said to be none', async () => {
  const bytes = tarOf(files);
  const changed = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, byte]) => {
    const other = Buffer.from(bytes);
    other[at] = byte;
    return other;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, fc.uint8Array()), async (some) => {
      const fault: unknown = await list(Buffer.from(some)).then(
        () => undefined,
        (reason) => reason,
      );
      expect(fault === undefined || fault instanceof ReadFault).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('an archive is gone through once to be listed and looked into', async () => {
  let times = 0;
  const file = byteFile('a.tar', tarOf(files));
  const chunks = () => {
    times += 1;
    return file.chunks();
  };
  const heads: string[] = [];
  for (const [, one] of await listArchive({ ...file, chunks })) heads.push((await headOf(one)).toString().slice(0, 7));
  expect(heads).toEqual(['{"a":1}', '{"a":"x', '', '{"b":1}']);
  expect(times).toBe(1);
});
