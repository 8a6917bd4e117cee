import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startEngine } from '../../../lib/local/engine.ts';
import { enginePath } from '../../../lib/local/engine-program.ts';

const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
const { PATH } = process.env;
const directory = mkdtempSync(join(tmpdir(), 'engine-'));
const given = process.env[variable];

beforeEach(() => {
  delete process.env[variable];
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env.PATH = PATH;
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  if (given !== undefined) process.env[variable] = given;
});

/** A file that may be run, of any content. */
function program(name: string, content: string): string {
  const file = join(directory, name);
  writeFileSync(file, content);
  chmodSync(file, 0o755);
  return file;
}
const elsewhere = () => jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());

test('an engine that the environment names is used, and outlives us', async () => {
  process.env[variable] = 'http://127.0.0.1:8000';
  const engine = await startEngine();
  await engine.stop();
  expect(engine.url).toBe('http://127.0.0.1:8000');
});

test.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'riscv64'],
])('without an engine for %s-%s the message says what to type, the easiest first', (platform, arch) => {
  const find = () => enginePath({ platform, arch, path: ['', '/nowhere', tmpdir()].join(delimiter) });
  expect(find).toThrow(`No DynamoDB engine for ${platform}-${arch} is installed here`);
  expect(find).toThrow(
    /npx dynoxide serve[\s\S]*cargo install dynoxide-rs[\s\S]*DynamoDB Local[\s\S]*AWS_ENDPOINT_URL_DYNAMODB/,
  );
});

test('an engine that is in PATH is found, on Windows by its own name', () => {
  const [unix, windows] = [program('dynoxide', ''), program('dynoxide.exe', '')];
  const path = ['/nowhere', directory].join(delimiter);
  expect(enginePath({ platform: 'darwin', arch: 'arm64', path })).toBe(unix);
  expect(enginePath({ platform: 'win32', arch: 'x64', path })).toBe(windows);
});

test('the engine that npm installed goes before one in PATH', () => {
  program('dynoxide', '');
  expect(enginePath({ platform: 'linux', arch: 'x64', path: directory })).toMatch(
    /node_modules.@dynoxide.linux-x64.dynoxide$/,
  );
});

test.each([
  ['that is no program', '#!/nowhere/at-all\n', /dynoxide does not run: spawn .* ENOENT/],
  [
    'that says why it ends',
    '#!/usr/bin/env node\nconsole.error("it is not a database");process.exit(3)',
    /does not run: it is not a database$/,
  ],
])('an engine %s is told in its own words', async (_, content, message) => {
  elsewhere();
  program('dynoxide', content);
  process.env.PATH = [directory, PATH].join(delimiter);
  await expect(startEngine()).rejects.toThrow(message);
});

test('an engine that is started without any shell answers, and ends when it is told to', async () => {
  process.env.PATH = directory;
  const engine = await startEngine();
  expect((await fetch(engine.url)).status).toBeGreaterThan(0);
  await engine.stop();
  await expect(fetch(engine.url)).rejects.toThrow();
});
