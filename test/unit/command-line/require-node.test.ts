import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };

const project = mkdtempSync(join(tmpdir(), 'require-node-'));
const modules = join(project, 'node_modules');
afterAll(() => rmSync(project, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}
const install = (name: string, version: string) =>
  put(`node_modules/${name}/package.json`, JSON.stringify({ version }));

beforeAll(() => {
  cpSync('bin/require-node.cjs', join(project, 'bin/require-node.cjs'));
  const wanted = { type: 'module', dependencies: { zod: '4.1.0' }, devDependencies: { '@swc/jest': '0.2.0' } };
  put('package.json', JSON.stringify(wanted));
});
beforeEach(() => {
  rmSync(modules, { recursive: true, force: true });
  install('zod', '4.1.0');
  install('@swc/jest', '0.2.0');
  put('node_modules/.package-lock.json', '{}');
});

function packNode(text: string): void {
  const file = `node_modules/node/bin/${process.platform === 'win32' ? 'node.exe' : 'node'}`;
  put(file, text);
  chmodSync(join(project, file), 0o755);
}

interface Machine {
  readonly version?: string;
  readonly musl?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

/** What it says, and ends with, on a machine of that Node and C library. */
function check({ version = '24.0.0', musl = false, environment = {} }: Machine) {
  const glibc = musl ? {} : { glibcVersionRuntime: '2.36' };
  const report = `{ getReport: () => (${JSON.stringify({ header: { osName: 'Linux', ...glibc } })}) }`;
  put(
    'machine.cjs',
    `const fake = (name, value) => Object.defineProperty(process, name, { value });
    fake('versions', { node: '${version}' }); fake('platform', 'linux'); fake('report', ${report});`,
  );
  const { NODE_ENV: _, npm_config_omit: __, ...inherited } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['-r', './machine.cjs', 'bin/require-node.cjs'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...inherited, ...environment },
  });
  return { status, says: stderr.trim() };
}
const refused = (says: string) => ({ status: 1, says });

test('every script looks first whether it can run, or calls those that do', () => {
  const unchecked = Object.entries(packageJson.scripts)
    .filter(([, script]) => !script.startsWith('node bin/require-node.cjs && '))
    .filter(([, script]) => !script.split(' && ').every((part) => part.startsWith('npm run ')));
  expect(unchecked).toEqual([]);
});

test.each(['24.0.0', '24.21.0', '26.1.0'])('Node %s needs no packaged one', (version) => {
  expect(check({ version })).toEqual({ status: 0, says: '' });
});

describe('packages', () => {
  const none = 'The packages are not installed yet';

  test.each([
    ['24.0.0', false, `${none}: run "npm ci".`],
    ['20.20.2', false, `${none}: run "npm ci".`],
    ['24.0.0', true, `${none}: run "npm ci --ignore-scripts".`],
    [
      '20.20.2',
      true,
      `${none}, and Node 20.20.2 is too old for them: install Node 24 or newer (on Alpine "apk add nodejs-current npm"), then run "npm ci --ignore-scripts".`,
    ],
    [
      '8.9.4',
      false,
      `${none}, and Node 8.9.4 is too old for them: install Node 24 or newer (from https://nodejs.org or your package manager), then run "npm ci --ignore-scripts".`,
    ],
  ])('none at all on Node %s (musl: %s)', (version, musl, says) => {
    rmSync(modules, { recursive: true });
    expect(check({ version, musl })).toEqual(refused(says));
  });

  test('an install that was broken off', () => {
    rmSync(join(modules, '.package-lock.json'));
    expect(check({})).toEqual(refused('The packages are not installed to the end: run "npm ci".'));
  });

  test('another package manager leaves another mark', () => {
    rmSync(join(modules, '.package-lock.json'));
    put('node_modules/.modules.yaml', '');
    expect(check({}).status).toBe(0);
  });

  test.each([
    ['zod', '4.0.9', 'The package zod is installed as 4.0.9, and 4.1.0 is needed: run "npm ci".'],
    ['zod', undefined, 'The package zod is missing: run "npm ci".'],
    ['@swc/jest', undefined, 'The package @swc/jest is missing: run "npm ci --include=dev".'],
  ])('%s in version %s', (name, version, says) => {
    rmSync(join(modules, name), { recursive: true });
    if (version !== undefined) install(name, version);
    expect(check({})).toEqual(refused(says));
  });

  test.each([{ NODE_ENV: 'production' }, { npm_config_omit: 'dev' }])('left out because of %j', (environment) => {
    rmSync(join(modules, '@swc'), { recursive: true });
    expect(check({ environment })).toEqual(
      refused(
        'The package @swc/jest is missing, as NODE_ENV=production or omit=dev has it: run "npm ci --include=dev".',
      ),
    );
  });
});

describe('an old Node', () => {
  const needs = 'This needs Node 24 or newer and runs on 20.20.2';
  const old = { version: '20.20.2' };

  test('after an install without scripts', () => {
    expect(check(old)).toEqual(
      refused(
        `${needs}; the Node that npm brings along is missing, as install scripts were switched off: run "npm ci --ignore-scripts=false", or install Node 24 or newer (from https://nodejs.org or your package manager).`,
      ),
    );
  });

  test('where the packaged one is of another C library', () => {
    const says = `${needs}; the Node that npm brings along does not run on this system: install Node 24 or newer (on Alpine "apk add nodejs-current npm"), then run "npm ci --ignore-scripts".`;
    expect(check({ ...old, musl: true })).toEqual(refused(says));
    packNode('#!/nowhere/ld-linux.so.2\n');
    expect(check({ ...old, musl: true })).toEqual(refused(says));
  });

  test('where the packaged one does not run for another reason', () => {
    packNode('#!/nowhere/ld-linux.so.2\n');
    expect(check(old)).toEqual(
      refused(
        `${needs}; the Node that npm brings along does not run on this system: install Node 24 or newer (from https://nodejs.org or your package manager), then run "npm ci --ignore-scripts".`,
      ),
    );
  });

  test('that was called past npm', () => {
    packNode('#!/bin/sh\n');
    expect(check(old).says).toMatch(/^This needs Node 24 or newer .* call it as a script of package\.json/);
  });
});
