import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleDump } from '../support/example-dump.ts';
import { dumpOf, writeFiles } from '../support/mongodump.ts';
import { type EmulatedAccount, startAccount } from './emulated-account.ts';
import { testOfEmulator } from './emulator.ts';

/** Data of the old server come to a deployed stage, and are taken out of it, with what an operator has: names in CloudFormation, and credentials. */

jest.setTimeout(300_000);

const PROFILES = 60;
const stage = `rehearsal-data-${process.pid}`;
const rehearse = testOfEmulator('The rehearsal of a move');
const work = mkdtempSync(join(tmpdir(), 'rehearsed-data-'));
const dump = join(work, 'crafterprofile');
const { collections, expected } = exampleDump(PROFILES);
const whole = `1 access token, 3 tenants, ${PROFILES} profiles, ${expected.attachments} attachments.`;

let account: EmulatedAccount;
const before = { ...process.env };

const run = (script: string, ...words: readonly string[]) => {
  const environment = script === 'admin' ? account.ownEnvironment : account.environment;
  const { status, stdout, stderr } = spawnSync(process.execPath, [`bin/${script}.ts`, ...words, '--stage', stage], {
    encoding: 'utf8',
    env: { ...environment, INIT_CWD: work },
  });
  return { status, stdout, stderr };
};

beforeAll(async () => {
  if (rehearse === test.skip) return;
  account = await startAccount();
  Object.assign(process.env, account.environment);
  writeFiles(work, dumpOf('crafterprofile', collections, { isGzip: true }));
  const { status, stderr } = run('deploy', '-c', 'mailSender=first@company.org', '--yes');
  if (status !== 0) throw new Error(stderr);
});
afterAll(async () => {
  rmSync(`stages/${stage}.json`, { force: true });
  rmSync(work, { recursive: true, force: true });
  process.env = before;
  await account?.stop();
});

/** The emulator answers some calls that come at once with an error page: then the command ends with 1, and is called again as an operator would. */
function importUntilThrough(): number | null {
  for (let tries = 1; ; tries++) {
    const { status, stderr } = run('admin', 'import', dump);
    if (status !== 1) return status;
    if (tries === 10) throw new Error(stderr);
  }
}

rehearse('a dump is imported, and compared with what is stored', () => {
  expect(importUntilThrough()).toBe(3);
  expect(run('admin', 'import', '--verify', dump).stdout).toContain(`There already, the same: ${whole}`);
});

rehearse('the data are taken out, and what is taken out is what is stored', () => {
  const folder = join(work, 'taken-out');
  expect(run('admin', 'export', folder, '--with-attachments', '--with-secrets', '--yes').status).toBe(0);
  expect(readFileSync(join(folder, 'profile.jsonl'), 'utf8').match(/\n/g)).toHaveLength(PROFILES);
  const { status, stdout } = run('admin', 'import', '--verify', folder);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringContaining(`There already, the same: ${whole}`),
  });
});
