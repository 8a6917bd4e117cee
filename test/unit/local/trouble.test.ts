import fs from 'node:fs';
import { describeStart, troubleTeller } from '../../../lib/local/trouble.ts';
import { UsageError } from '../../../lib/usage-error.ts';

const free = { bsize: 4096, bavail: 0 };

function tellerOn(disk: typeof free) {
  jest
    .spyOn(fs, 'statfsSync')
    .mockReturnValue({ type: 0, frsize: 4096, blocks: 0, bfree: 0, files: 0, ffree: 0, ...disk });
  const lines: string[] = [];
  return { lines, ...troubleTeller('/data', (line) => lines.push(line)) };
}
afterEach(() => jest.restoreAllMocks());

test('after an answer of 500 a full disk is told, once for many', () => {
  const { lines, after } = tellerOn(free);
  for (const statusCode of [200, 404, 500, 500, 500]) after({ statusCode });
  expect(lines).toEqual(['The disk of /data is full: what is to be stored is answered with 500 until there is room.']);
});

test('with room on it a 500 has another reason', () => {
  const { lines, after } = tellerOn({ bsize: 4096, bavail: 1_000_000 });
  after({ statusCode: 500 });
  expect(lines).toEqual([]);
});

test.each([
  ['ENOSPC', 'its disk is full'],
  ['EDQUOT', 'your share of its disk is used up'],
  ['EROFS', 'its disk is read only'],
  ['EACCES', 'you may not write there'],
])('a start that ends with %s says what is wrong with the folder, and what to do', (code, why) => {
  tellerOn({ bsize: 4096, bavail: 1_000_000 });
  const failure = Object.assign(new Error(`${code}: write`), { code });
  expect(describeStart(failure, '/data')).toEqual(
    new Error(`The folder /data cannot be used: ${why}. Free it, or name another one with --directory DIR`),
  );
});

test('so does one that the engine ends on a full disk, with its words', () => {
  tellerOn(free);
  expect(String(describeStart(new Error('database or disk is full'), '/data'))).toContain(
    'its disk is full (database or disk is full). Free it',
  );
});

test('any other failure stays what it is', () => {
  tellerOn({ bsize: 4096, bavail: 1_000_000 });
  const failure = new Error('no');
  expect(describeStart(failure, '/data')).toBe(failure);
  tellerOn(free);
  const usage = new UsageError('There are data already');
  expect(describeStart(usage, '/data')).toBe(usage);
});
