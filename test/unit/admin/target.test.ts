import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetArguments, targetVariables } from '../../../lib/admin/target.ts';

const before = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'target-'));
beforeAll(() => process.chdir(directory));
afterAll(() => {
  process.chdir(before);
  rmSync(directory, { recursive: true });
});

const data = { ProfilesTableName: 'p', TokensTableName: 'k', TicketsTableName: 't', AttachmentsBucketName: 'a' };
const tables = { PROFILES_TABLE: 'p', TOKENS_TABLE: 'k', TICKETS_TABLE: 't', ATTACHMENTS_BUCKET: 'a' };
const outputs = (api: object) =>
  writeFileSync('cdk-outputs.json', JSON.stringify({ 'ServerlessProfile-dev-Data': data, ...api }));

test('a deployed stage is known with the wire line that it answers', () => {
  outputs({ 'ServerlessProfile-dev-Api': { ApiUrl: 'https://x', WireLine: '3.0' } });
  expect(targetVariables({ local: false, stage: 'dev' })).toEqual({ ...tables, WIRE_LINE: '3.0' });
});

test.each([{}, { 'ServerlessProfile-dev-Api': { ApiUrl: 'https://x' } }])(
  'without one where the outputs have none',
  (api) => {
    outputs(api);
    expect(targetVariables({ local: false, stage: 'dev' })).toEqual(tables);
  },
);

describe('a local stack', () => {
  const environment = { PROFILES_TABLE: 'local' };
  const folder = join(directory, 'my data');
  const nothingOn = (path: string) =>
    `No local stack is running on ${path}: start one with "npm start", or name the folder of the one that runs with --directory DIR`;

  test.each([true, false])('is found on the folder that it was started with, with --local or without (%s)', (local) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'stack.json'), JSON.stringify({ pid: process.pid, url: 'http://x', environment }));
    expect(targetVariables({ local, directory: folder, stage: 'dev' })).toEqual(environment);
  });

  test('that does not run is told with the folder that was looked on', () => {
    expect(() => targetVariables({ local: true, stage: 'dev' })).toThrow(nothingOn(join(process.cwd(), '.local')));
    expect(() => targetVariables({ local: false, directory: '/nowhere', stage: 'dev' })).toThrow(nothingOn('/nowhere'));
  });
});

test.each([
  [{ local: true, stage: 'production' }, '--local'],
  [{ local: false, directory: "/the user's data", stage: 'dev' }, `--directory='/the user'\\''s data'`],
  [{ local: false, stage: 'dev' }, ''],
  [{ local: false, stage: 'production' }, '--stage production'],
])('%j is named to the command line as "%s"', (target, text) => {
  expect(targetArguments(target)).toBe(text);
});
