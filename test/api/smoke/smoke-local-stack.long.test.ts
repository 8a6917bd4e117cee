import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runScript } from '../../support/run-script.ts';

/** The bundles as `npm start` serves them, with its mailbox, its bucket and its worker. */

const directory = mkdtempSync(join(tmpdir(), 'smoke-stack-'));
let stack: ChildProcess;

const isReady = () => {
  const file = join(directory, 'stack.json');
  return existsSync(file) && 'url' in JSON.parse(readFileSync(file, 'utf8'));
};

beforeAll(async () => {
  const { AWS_ENDPOINT_URL_DYNAMODB: _engineOfAll, ...environment } = process.env;
  const options = ['--port', '0', '--directory', directory];
  stack = spawn(process.execPath, ['bin/local.ts', ...options], { env: environment, stdio: 'ignore' });
  while (!isReady()) {
    if (stack.exitCode !== null) throw new Error('The stack does not start');
    await sleep(100);
  }
}, 60_000);
afterAll(async () => {
  const ended = new Promise((resolve) => stack.once('exit', resolve));
  stack.kill('SIGTERM');
  await ended;
  rmSync(directory, { recursive: true, force: true });
});

test('the local stack passes, time and again', () => {
  for (let times = 0; times < 2; times++) {
    const { status, stdout, stderr } = runScript('bin/smoke.ts', ['--directory', directory]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/\nAll \d+ steps are as they should be\.\n$/);
  }
  const trail = readFileSync(join(directory, 'audit.jsonl'), 'utf8');
  expect(trail.match(/"operation":"smoke","audit":1,"outcome":"done"/g)).toHaveLength(2);
});
