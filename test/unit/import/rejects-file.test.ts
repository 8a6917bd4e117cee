import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { KeptFolder } from '../../../lib/import/kept-folder.ts';
import { LinesFile } from '../../../lib/import/rejects-file.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();

const [path, elsewhere] = ['rejects.jsonl', 'elsewhere'];
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

function written(...lines: readonly object[]): LinesFile {
  const file = new LinesFile(path);
  file.clear();
  for (const line of lines) file.add({ ...line });
  file.close();
  return file;
}

test('lines take the place of an earlier run’s, for their owner alone', () => {
  written({ a: 1 }, { a: 2 });
  written({ a: 3 });
  expect([linesOf(path), lstatSync(path).mode & 0o777]).toEqual([[{ a: 3 }], 0o600]);
  written();
  expect(existsSync(path)).toBe(false);
});

test('a link in the place of the file is not followed', () => {
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, path);
  written({ a: 1 });
  expect([readFileSync(elsewhere, 'utf8'), lstatSync(path).isFile()]).toEqual(['precious', true]);
});

test.each([
  ['it is a folder', () => mkdirSync(path)],
  ['it is, or is in, something that is no folder', () => undefined],
])('that it cannot be written is told before anything else is done: %s', (reason, prepare) => {
  prepare();
  writeFileSync(elsewhere, '');
  const file = new LinesFile(reason === 'it is a folder' ? path : `${elsewhere}/rejects.jsonl`);
  expect(() => file.clear()).toThrow(UsageError);
  expect(() => file.clear()).toThrow(reason);
});

test('of two runs at once in one folder each has a file of its own, and says which', () => {
  const files = [new LinesFile(path), new LinesFile(path)];
  for (const file of files) file.clear();
  for (const [at, file] of files.entries()) file.add({ at });
  for (const file of files) file.close();
  expect(files.map((file) => file.path)).toEqual([path, 'rejects-2.jsonl']);
  expect(files.map((file) => linesOf(file.path))).toEqual([[{ at: 0 }], [{ at: 1 }]]);
});

test('no line acts on a terminal, and each says what it was given', () => {
  const line = { _id: 'a\u001b[2J\u009b2J\u202e\u2028\u007f\u{e0001}' };
  written(line);
  expect(readFileSync(path, 'utf8').trimEnd()).toMatch(/^[ -~]+$/);
  expect(linesOf(path)).toEqual([line]);
});

test('what is kept again takes the place of what was', () => {
  const folder = new KeptFolder('kept');
  folder.check();
  folder.keep('a', Buffer.from('1'));
  folder.keep('a', Buffer.from('2'));
  expect(readFileSync('kept/a', 'utf8')).toBe('2');
  expect([lstatSync('kept').mode & 0o777, lstatSync('kept/a').mode & 0o777]).toEqual([0o700, 0o600]);
});

test('nothing is kept through links', () => {
  mkdirSync(elsewhere);
  writeFileSync(`${elsewhere}/a`, 'precious');
  symlinkSync(elsewhere, 'kept');
  expect(() => new KeptFolder('kept').check()).toThrow(UsageError);
  const folder = new KeptFolder('own');
  folder.keep('b', Buffer.from('1'));
  symlinkSync(`../${elsewhere}/a`, 'own/a');
  folder.keep('a', Buffer.from('1'));
  expect(readFileSync(`${elsewhere}/a`, 'utf8')).toBe('precious');
});
