import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claimDataDirectory, emptyDataDirectory, inspectDataDirectory } from '../../../lib/local/data-directory.ts';
import { UsageError } from '../../../lib/usage-error.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'data-directory-'));
  folder = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'something');
  }
}

const claim = (fresh = false) => claimDataDirectory(inspectDataDirectory(folder, { fresh }));
const empty = () => emptyDataDirectory(inspectDataDirectory(folder, { fresh: true }));
const everything = () => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

test('a folder that is made says whose it is, and is claimed again as it is', () => {
  claim();
  const marker = readFileSync(join(folder, 'serverless-profile.json'), 'utf8');
  expect(JSON.parse(marker)).toMatchObject({ madeBy: 'serverless-profile' });
  claim();
  expect([readdirSync(folder), readFileSync(join(folder, 'serverless-profile.json'), 'utf8')]).toEqual([
    ['serverless-profile.json'],
    marker,
  ]);
});

test('an empty folder is taken, and so is one that only a file manager has looked at', () => {
  mkdirSync(folder);
  put('.DS_Store');
  claim();
  empty();
  expect(readdirSync(folder).sort()).toEqual(['.DS_Store', 'serverless-profile.json']);
});

test('fresh removes the data, and leaves marker, bundles and whose folder it is', () => {
  claim();
  put('dynamodb.sqlite', 'dynamodb.sqlite-wal', 'dynamodb.sqlite-shm', 's3/attachments/a/b', 'stack.json');
  put('functions/fallback/index.mjs', 'invoked/fallback/index.mjs');
  empty();
  expect(readdirSync(folder).sort()).toEqual(['functions', 'invoked', 'serverless-profile.json', 'stack.json']);
});

describe.each([
  ['a file', () => put('thesis.tex')],
  ['a repository', () => put('.git/HEAD')],
  ['a data file in another case', () => put('DynamoDB.sqlite')],
  ['a folder where a file should be', () => put('dynamodb.sqlite/mine')],
  ['a file where a folder should be', () => put('s3')],
  ['a link to a folder', () => symlinkSync(dirname(folder), join(folder, 's3'))],
  ['a link to nothing', () => symlinkSync('/nowhere/at/all', join(folder, 'stack.json'))],
])('with %s in it', (_what, putOther) => {
  test('a marked folder is not emptied', () => {
    claim();
    if (_what !== 'a folder where a file should be' && _what !== 'a file where a folder should be')
      put('dynamodb.sqlite');
    putOther();
    const before = everything();
    expect(empty).toThrow(/^\S+ holds what the local stack did not make \(".+"\), so that --fresh removes nothing: /);
    expect(everything()).toEqual(before);
  });

  test('an unmarked one is not used', () => {
    mkdirSync(folder);
    putOther();
    const before = everything();
    expect(() => claim()).toThrow(UsageError);
    expect(() => claim(true)).toThrow(
      /^\S+ is no folder of the local stack \(it holds ".+"\): name a new or empty one/,
    );
    expect(everything()).toEqual(before);
  });
});

test('of many others three are named', () => {
  put('a', 'b', 'c', 'd', 'e');
  expect(() => claim()).toThrow('(it holds "a", "b", "c" and 2 more)');
});

test('a marker of somebody else marks nothing', () => {
  put('serverless-profile.json');
  expect(() => claim(true)).toThrow(UsageError);
  writeFileSync(join(folder, 'serverless-profile.json'), '{"name":"serverless-profile"}');
  expect(() => claim(true)).toThrow(UsageError);
});

test.each([
  [['dynamodb.sqlite', 's3/attachments/a']],
  [['dynamodb.sqlite', 'functions/fallback/index.mjs', 's3/attachments/a', 'stack.json']],
  [['functions/fallback/index.mjs']],
])('what an earlier version kept, %j, is taken as ours', (files) => {
  put(...files);
  const found = inspectDataDirectory(folder, { fresh: true });
  expect(found.isOfEarlierVersion).toBe(true);
  claimDataDirectory(found);
  expect(inspectDataDirectory(folder, { fresh: true }).isOfEarlierVersion).toBe(false);
});

test.each([
  [['functions/index.js']],
  [['functions/profile/mine.mjs', 's3/attachments/a']],
  [['s3/attachments/a']],
  [['dynamodb.sqlite', 'functions/index.js']],
  [['dynamodb.sqlite', 's3/photos/a']],
  [['stack.json']],
])('names alone, %j, do not make a folder ours', (files) => {
  put(...files);
  expect(() => claim()).toThrow(UsageError);
});

test('no link is followed: neither to the folder nor within it', () => {
  claim();
  put('dynamodb.sqlite', 's3/attachments/a');
  mkdirSync(join(root, 'precious'));
  writeFileSync(join(root, 'precious/file'), 'mine');
  symlinkSync(join(root, 'precious'), join(folder, 's3/attachments/link'));
  symlinkSync(folder, join(root, 'link'));
  expect(() => inspectDataDirectory(join(root, 'link'), { fresh: true })).toThrow(
    'is a link, and --fresh follows none',
  );
  empty();
  expect([readFileSync(join(root, 'precious/file'), 'utf8'), existsSync(join(folder, 's3'))]).toEqual(['mine', false]);
});

test.each([
  ['a file', () => join(root, 'file')],
  ['below a file', () => join(root, 'file/data')],
  ['where nothing can be made', () => '/proc/no-such-folder'],
  ['a name that is too long', () => join(root, 'x'.repeat(300))],
])('a folder that is %s cannot be used, in one line', (_what, path) => {
  writeFileSync(join(root, 'file'), '');
  expect(() => claimDataDirectory(inspectDataDirectory(path(), { fresh: false }))).toThrow(
    /^The folder \S+ cannot be used: [^.\n]+\. Free it, or name another one with --directory DIR$/,
  );
});
