import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keptSince, requireEngineFile } from '../../../lib/local/database-file.ts';
import { startEngine } from '../../../lib/local/engine.ts';

let folder: string;
let file: string;
// What an engine of our own leaves, also where the environment names another one.
beforeAll(() => {
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-file-'));
  file = join(folder, 'dynamodb.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('no file and an empty one are fine', () => {
  requireEngineFile(file);
  writeFileSync(file, '');
  requireEngineFile(file);
  expect([existsSync(file), keptSince(file), keptSince(join(folder, 'none'))]).toEqual([true, undefined, undefined]);
});

test('the file of an engine is fine, also while its log is there', async () => {
  const engine = await startEngine({ databaseFile: file });
  requireEngineFile(file);
  await engine.stop();
  requireEngineFile(file);
  expect(Date.now() - Number(keptSince(file))).toBeLessThan(60_000);
});

test('a damaged file is named, with the words of SQLite', () => {
  writeFileSync(file, 'no database at all, but long enough to be looked at');
  expect(() => requireEngineFile(file)).toThrow(
    `The data file ${file} cannot be used (file is not a database): move it away, or name another folder with --directory DIR`,
  );
});

test('the database of another program is left as it is', () => {
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE photos (name TEXT)');
  other.close();
  const before = readFileSync(file);
  expect(() => requireEngineFile(file)).toThrow(`The data file ${file} is the database of another program`);
  expect([readFileSync(file).equals(before), readdirSync(folder)]).toEqual([true, ['dynamodb.sqlite']]);
});
