import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { claimStack, findRunningStack, forgetRunningStack, isTaken } from '../../../lib/local/running-stack.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'running-stack-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const file = () => join(directory, 'stack.json');
/** What no process has any more. */
const DEAD = 2 ** 30;

/** Claims in a process of its own, which then lives for as long as the others may need. */
async function claimElsewhere(): Promise<string> {
  const script = `const { claimStack } = await import('./lib/local/running-stack.ts');
    console.log(await claimStack(process.argv[1]));
    setTimeout(() => undefined, 1500);`;
  return (await text(spawn(process.execPath, ['--input-type=module', '-e', script, directory]).stdout)).trim();
}

test.each([
  ['that is free', () => undefined],
  ['that a dead one has left', () => writeFileSync(file(), JSON.stringify({ pid: DEAD, url: 'x', environment: {} }))],
  ['whose file was cut off', () => writeFileSync(file(), '{"pid"')],
])('of several starts at once on a folder %s, one has it', async (_what, prepare) => {
  prepare();
  const claims = await Promise.all(Array.from({ length: 4 }, claimElsewhere));
  expect(claims.sort()).toEqual(['false', 'false', 'false', 'true']);
});

test('a claim holds until it is forgotten, and is no stack that runs', async () => {
  expect(await claimStack(directory)).toBe(true);
  expect([await claimStack(directory), isTaken(directory), findRunningStack(directory)]).toEqual([
    false,
    true,
    undefined,
  ]);
  forgetRunningStack(directory);
  expect([isTaken(directory), existsSync(file())]).toEqual([false, false]);
});
