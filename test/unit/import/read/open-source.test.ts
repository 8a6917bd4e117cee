import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { ObjectId } from 'bson';
import { openSource } from '../../../../lib/import/read/open-source.ts';
import { UsageError } from '../../../../lib/usage-error.ts';
import { bsonOf, dumpOf, tarOf, writeFiles } from '../../../support/mongodump.ts';
import { readAll } from '../../../support/read-source.ts';
import { inScratchDirectory } from '../../../support/scratch-directory.ts';

inScratchDirectory();

const id = new ObjectId('57e193d7a9cc81b4027498b5');
const crafter = {
  accesstoken: [{ _id: 't' }],
  tenant: [{ name: 'default' }],
  profile: [{ _id: id, username: 'u1' }, { username: 'u2' }],
  'fs.files': [{ filename: '/x/a.png' }],
  'fs.chunks': [],
};
const whole = new Map([
  ...dumpOf('admin', { 'system.version': [{ v: 1 }] }),
  ...dumpOf('crafterprofile', crafter),
  ...dumpOf('craftersocial', { 'fs.files': [{ filename: 'other' }], 'fs.chunks': [{ n: 0 }], comments: [{}] }),
  ['prelude.json', Buffer.from('{}')] as const,
  ['oplog.bson', bsonOf({ op: 'i' })] as const,
]);

const refused = async (paths: string | readonly string[], options = {}) => {
  const fault: unknown = await openSource([paths].flat(), options).then(
    () => 'opened',
    (reason) => reason,
  );
  expect(fault).toBeInstanceOf(UsageError);
  return fault instanceof Error ? fault.message : '';
};

const valuesIn = async (path: string | readonly string[], collection = 'profile', options = {}) => {
  const { documents, unreadable } = await readAll(path, options);
  expect(unreadable).toEqual([]);
  return documents[collection]?.map(({ value }) => value);
};

const profiles = [{ _id: String(id), username: 'u1' }, { username: 'u2' }];

test.each([false, true])('the dump of one database is read, packed: %s', async (isGzip) => {
  writeFiles('dump', dumpOf('crafterprofile', crafter, { isGzip }));
  const { source, documents } = await readAll('dump/crafterprofile');
  expect(source.collections).toEqual(['accesstoken', 'fs.chunks', 'fs.files', 'profile', 'tenant']);
  expect(source.notes).toEqual([]);
  expect(documents.profile?.map(({ file, number }) => [file, number])).toEqual(
    [1, 2].map((number) => [`profile.bson${isGzip ? '.gz' : ''}`, number]),
  );
  expect(documents.profile?.map(({ value }) => value)).toEqual(profiles);
  expect(documents['fs.chunks']).toEqual([]);
});

test('of the dump of a server, the database with profiles and tenants is read', async () => {
  writeFiles('dump', whole);
  const { source, documents } = await readAll('dump');
  expect(source.collections).toEqual(['accesstoken', 'fs.chunks', 'fs.files', 'profile', 'tenant']);
  expect(documents['fs.files']?.map(({ file, value }) => [file, value])).toEqual([
    ['crafterprofile/fs.files.bson', { filename: '/x/a.png' }],
  ]);
});

test.each([false, true])('a tar of it is read in the same way, packed: %s', async (isGzip) => {
  const tar = tarOf(whole, { type: 'Directory', path: 'dump/' });
  writeFileSync('mongodb.tar', isGzip ? gzipSync(tar) : tar);
  const { source, documents } = await readAll('mongodb.tar');
  expect(source.collections).toEqual(['accesstoken', 'fs.chunks', 'fs.files', 'profile', 'tenant']);
  expect(documents.profile?.map(({ file, value }) => [file, value])).toEqual(
    profiles.map((value) => ['mongodb.tar!crafterprofile/profile.bson', value]),
  );
});

test('several databases are listed, and one of them can be named', async () => {
  writeFiles('dump', new Map([...whole, ...dumpOf('café', { profile: [{ username: 'old' }], tenant: [] })]));
  expect(await refused('dump')).toBe(
    '"dump" holds several databases with profiles: "café", "crafterprofile". Say with --database which one is meant',
  );
  expect(await valuesIn('dump', 'profile', { database: 'café' })).toEqual([{ username: 'old' }]);
  expect(await refused('dump', { database: 'none' })).toBe(
    '"dump" holds no database "none", but "café", "crafterprofile", "craftersocial"',
  );
  writeFiles('others', new Map([...dumpOf('a', { x: [] }), ...dumpOf('b', { y: [] })]));
  expect(await refused('others')).toMatch(
    /^"others" holds several databases, none of them with profiles and tenants: "a", "b"\./,
  );
});

test('names of files are decoded, and an empty file holds nothing', async () => {
  writeFiles(
    'dump',
    new Map([
      ...dumpOf('d', { profile: [{ username: 'u' }] }),
      ['d/caf%C3%A9s.bson', Buffer.alloc(0)],
      ['d/tenant.bson', Buffer.alloc(0)],
    ]),
  );
  const { source, documents } = await readAll('dump');
  expect(source.collections).toEqual(['cafés', 'profile', 'tenant']);
  expect(documents.tenant).toEqual([]);
});

test('a collection and the file beside it have to agree', async () => {
  writeFiles('dump', dumpOf('d', { profile: [] }));
  writeFileSync('dump/d/profile.metadata.json', '{"collectionName":"ticket","indexes":[]}');
  expect(await refused('dump')).toBe(
    '"d/profile.metadata.json" is of collection "ticket", and its name says "profile": rename both files back',
  );
});

test('exported files are of the collection that their names say', async () => {
  mkdirSync('export');
  writeFileSync('export/profile.json', '{"username":"u1"}\n');
  writeFileSync('export/crafterprofile.tenant.json', '[{"name":"t"}]');
  writeFileSync('export/ticket.json', '');
  writeFileSync('export/people.json', '{"x":1}');
  writeFileSync('export/README.txt', 'x');
  const { source, documents } = await readAll('export');
  expect(source.collections).toEqual(['tenant', 'people', 'profile', 'ticket']);
  expect(documents.tenant?.map(({ value }) => value)).toEqual([{ name: 't' }]);
  expect(source.notes).toEqual(['README.txt: passed over, by its name']);
  expect(await valuesIn(['export/profile.json', 'export/profile.json'])).toEqual(Array(2).fill({ username: 'u1' }));
});

test('of a file whose name says nothing, the collection is named', async () => {
  writeFileSync('people.json', '{"username":"u1"}\n');
  expect(await refused('people.json')).toBe(
    'The name of "people.json" is none of a collection. Say with --collection which collection its documents are of',
  );
  expect(await valuesIn('people.json', 'profile', { collection: 'Profiles' })).toEqual([{ username: 'u1' }]);
  expect(await refused(['people.json', 'people.json'], { collection: 'profile' })).toBe(
    '--collection says what one file holds, and there are 2',
  );
  expect(await refused('people.json', { database: 'd' })).toMatch(/^--database says /);
});

test('a file without an ending that is JSON is read as such', async () => {
  writeFileSync('profile', '{"username":"u1"}');
  expect(await valuesIn('profile')).toEqual([{ username: 'u1' }]);
});

test('an export of our own is read, its manifest and attachments left to others', async () => {
  writeFiles(
    'out',
    new Map(
      Object.entries({
        'manifest.json': '{}',
        'profile.jsonl': '{"username":"u1"}\n',
        'attachment.jsonl': '{"id":"a"}\n',
        'attachments/profile.json': 'x',
      }).map(([path, text]) => [path, Buffer.from(text)]),
    ),
  );
  const { source } = await readAll('out');
  expect(source.collections).toEqual(['attachment', 'profile']);
  expect(source.notes).toEqual([]);
});

test('sizes and progress are those of the files', async () => {
  writeFileSync('profile.json', '{"username":"u1"}\n');
  writeFileSync('profiles.json', '{"username":"u2"}');
  const source = await openSource(['profile.json', 'profiles.json'], {});
  expect(source.sizeOf('profile')).toBe(35);
  expect(source.sizeOf('tenant')).toBe(0);
  const heard: number[] = [];
  for await (const _ of source.read('profile', (bytes) => heard.push(bytes)));
  expect(heard).toEqual([18, 35]);
});

test.each<[string, string | Buffer, RegExp]>([
  ['init-data.js', 'db.x.insert()', /is a script of the database's shell: name the JSON file that it loads/],
  ['a.zip', 'PK', /has to be unpacked/],
  [
    'dump.archive',
    Buffer.from([0x6d, 0xe2, 0x99, 0x81, 0]),
    /written by mongodump --archive: dump the database with --out FOLDER/,
  ],
  ['dump.archive.gz', gzipSync(Buffer.from([0x6d, 0xe2, 0x99, 0x81, 0])), /written by mongodump --archive/],
  ['profile.json', Buffer.from('\ufeff{"a":1}', 'utf16le'), /is UTF-16/],
  ['profile.json', Buffer.from('{"a":1}', 'utf16le'), /is UTF-16/],
  ['x.json', '{"tenant":[],"profile":{}}', /"profile" in "x.json" is no list of documents/],
  ['photo.png', '\x89PNG', /^Nothing of Crafter Profile .* is in "photo.png"; found: "photo.png"$/],
  ['users.csv', 'a,b\n1,2\n', /^Nothing of Crafter Profile/],
  ['comments.bson', bsonOf({}), /^The name of "comments.bson" is none of a collection/],
])('%s is refused', async (name, content, reason) => {
  writeFileSync(name, content);
  expect(await refused(name)).toMatch(reason);
});

test('what is not there, and an empty folder, are refused', async () => {
  expect(await refused('none')).toBe('"none" does not exist');
  expect(await refused('x'.repeat(300))).toMatch(/cannot be read: ENAMETOOLONG/);
  expect(await refused('/dev/null')).toBe('"/dev/null" is neither a file nor a folder: it cannot be read twice');
  mkdirSync('empty');
  expect(await refused('empty')).toMatch(/found: no file$/);
});

test('a backup that holds an archive says how to go on', async () => {
  mkdirSync('backup');
  writeFileSync('backup/mongodb.tar', 'x');
  expect(await refused('backup')).toMatch(/Unpack the backup, and name the archive or the folder of its database$/);
});
