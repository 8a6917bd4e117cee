import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningLocalStack, startLocalStack } from '../../support/local-stack.ts';
import { runScript } from '../../support/run-script.ts';

/** The bundles as `npm start` serves them, with its mailbox, its bucket and its worker. */

const directory = mkdtempSync(join(tmpdir(), 'smoke-stack-'));
let stack: RunningLocalStack;

beforeAll(async () => {
  stack = await startLocalStack(directory);
}, 60_000);
afterAll(async () => {
  await stack.stop();
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
