import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { checkManifest } from '../../lib/export/check-manifest.ts';
import { keptTrail } from '../../lib/local/audit-file.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { type Operator, operatorHere } from '../support/operator.ts';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
let api: LocalApi;
let operator: Operator;
let made = 0;
let folder: string;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  operator = operatorHere();
  await api.seedAccessToken({ id: 'token-of-the-shop' });
  await api.seedTenant({ name: 'shop' });
  await api.seedProfile({ tenant: 'shop', username: 'mara', password: 'pearl' });
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  operator.stop();
  await api.stop();
});
beforeEach(() => {
  folder = join(directory, `${++made}`);
});

const everyText = () =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [readFileSync(join(folder, entry.name), 'utf8')] : []))
    .join('');

test('says what it has written, and what is not in it; the trail has no record of it', async () => {
  const lines = await operator.run('export', folder);
  expect(lines).toEqual([`Exported 1 tenant, 1 profile, 0 access tokens, 0 attachments to ${folder}.`]);
  expect(operator.notes()).toEqual([
    'Without --with-secrets no profile has its password in it, and there is no access token.',
    'Without --with-attachments there is no attachment in it.',
  ]);
  expect(await checkManifest(folder)).toMatchObject({ stage: 'local', documents: 'own', withSecrets: false });
  expect(everyText()).not.toMatch(/argon2|token-of/);
  expect(keptTrail(operator.directory)).toEqual([]);
});

test('with secrets it says so first', async () => {
  const options = ['--with-secrets', '--with-attachments', '--yes', '--tenant', 'shop'];
  expect(await operator.run('export', folder, ...options)).toHaveLength(1);
  expect(operator.notes()).toEqual([expect.stringContaining(`ids of access tokens will stand in ${folder}`)]);
  expect(everyText()).toContain('argon2id');
});

test('tells how many passwords cannot go back to the old server', async () => {
  await operator.run('export', folder, '--with-secrets', '--yes', '--format', 'mongoexport');
  expect(operator.notes()).toContain('1 password has a hash by now that the old server cannot check: left out.');
  expect(readdirSync(folder).sort()).toEqual(['accesstoken.json', 'manifest.json', 'profile.json', 'tenant.json']);
});

test('where nobody can be asked, secrets need --yes', async () => {
  const refusal = operator.run('export', folder, '--with-secrets');
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow('There is no terminal to ask on: give --yes');
  expect(existsSync(folder)).toBe(false);
});

describe('on a terminal', () => {
  const own = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
  const { isTTY } = process.stdout;
  afterEach(() => {
    Object.defineProperty(process, 'stdin', own);
    process.stdout.isTTY = isTTY;
    jest.restoreAllMocks();
  });
  function answering(answer: string) {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    Object.defineProperty(process, 'stdin', { value: stdin, configurable: true });
    process.stdout.isTTY = true;
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      if (String(text).includes('Type yes')) setImmediate(() => stdin.write(`${answer}\n`));
      return true;
    });
  }

  test.each(['', 'no', 'y'])('the answer %j to the question exports nothing', async (answer) => {
    answering(answer);
    await expect(operator.run('export', folder, '--with-secrets')).rejects.toThrow('Nothing is exported');
    expect(existsSync(folder)).toBe(false);
  });

  test('the answer yes exports', async () => {
    answering('yes');
    await operator.run('export', folder, '--with-secrets');
    expect(everyText()).toContain('token-of-the-shop');
  });
});

test.each<[string, readonly string[], string]>([
  ['no folder', [], 'export needs FOLDER, and there is none: npm run admin -- export FOLDER'],
  ['two folders', ['a', 'b'], '"b" is too much for export: npm run admin -- export FOLDER'],
  ['a format that there is not', ['a', '--format', 'csv'], '--format "csv" is none that there is: mongoexport'],
  ['an option of another command', ['a', '--json'], 'export has no option --json'],
])('%s is wrong usage', async (_, args, message) => {
  const refusal = operator.run('export', ...args);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(message);
});

test('a folder that has something in it is wrong usage, before anything is asked', async () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'kept'), 'kept');
  const refusal = operator.run('export', folder, '--with-secrets');
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(`${folder} is not empty: name a folder that is not there, or empty`);
  expect([operator.notes(), readdirSync(folder)]).toEqual([[], ['kept']]);
});

test('import refuses an export that is a byte longer, before it begins', async () => {
  await operator.run('export', folder);
  appendFileSync(join(folder, 'profile.jsonl'), '\n');
  const refusal = operator.run('import', folder);
  await expect(refusal).rejects.toThrow(UsageError);
  await expect(refusal).rejects.toThrow(`${join(folder, 'profile.jsonl')} has`);
});

test('a tenant that there is not is said, and nothing is made', async () => {
  await expect(operator.run('export', folder, '--tenant', 'none')).rejects.toThrow('There is no tenant "none"');
  expect(existsSync(folder)).toBe(false);
});
