import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleDump } from '../support/example-dump.ts';
import { type RunningLocalStack, startLocalStack } from '../support/local-stack.ts';
import { dumpOf, writeFiles } from '../support/mongodump.ts';

/** A whole move as docs/moving-in.md has it, with the commands of an operator. */

jest.setTimeout(300_000);

/** As many as the runbook's own trial has where MOVED_PROFILES says so: 20000. */
const PROFILES = Number(process.env.MOVED_PROFILES ?? 6000);
const work = mkdtempSync(join(tmpdir(), 'moving-in-'));
const { collections, expected } = exampleDump(PROFILES);
let first: RunningLocalStack;
let second: RunningLocalStack;

beforeAll(async () => {
  writeFiles(work, dumpOf('crafterprofile', collections, { isGzip: true }));
  first = await startLocalStack(join(work, 'first'));
  second = await startLocalStack(join(work, 'second'));
});
afterAll(async () => {
  await Promise.all([first, second].map((stack) => stack.stop()));
  rmSync(work, { recursive: true, force: true });
});

/** Calls a command of the operator; killed where it is not through after so many milliseconds. */
async function admin(args: readonly string[], killedAfterMs?: number) {
  const { AWS_ENDPOINT_URL_DYNAMODB: _engineOfAll, ...environment } = process.env;
  const command = spawn(process.execPath, [resolve('bin/admin.ts'), ...args], {
    cwd: work,
    env: { ...environment, INIT_CWD: work },
  });
  const [stdout, stderr] = [text(command.stdout), text(command.stderr)];
  const ended = new Promise<number | null>((settle) => command.once('exit', settle));
  if (killedAfterMs !== undefined) {
    await sleep(killedAfterMs);
    command.kill('SIGKILL');
  }
  return { status: await ended, stdout: await stdout, stderr: await stderr };
}

test('a dump is imported, killed twice, and nothing is lost or doubled', async () => {
  const where = ['--directory', first.directory];
  for (const killedAfterMs of [2500, 4000]) {
    const { status } = await admin(['import', 'crafterprofile', ...where], killedAfterMs);
    expect(status).toBeNull();
  }
  const { status, stdout } = await admin(['import', 'crafterprofile', ...where]);
  expect(status).toBe(3);
  expect(stdout).toMatch(new RegExp(`\\nRejected: ${expected.rejected} records`));
  const [, imported = ''] = /^Imported .*?(\d+) profiles?/m.exec(stdout) ?? [];
  const [, there = ''] = /^There already, the same: .*?(\d+) profiles?/m.exec(stdout) ?? [];
  expect(Number(imported) + Number(there)).toBe(PROFILES);
  expect(Number(there)).toBeGreaterThan(0);
});

test('a comparison finds every record as it is in the dump', async () => {
  const { stdout } = await admin(['import', '--verify', 'crafterprofile', '--directory', first.directory]);
  expect(stdout).toContain(
    `There already, the same: 1 access token, 3 tenants, ${PROFILES} profiles, ${expected.attachments} attachments.`,
  );
  expect(stdout).not.toMatch(/different|not here|changed/);
});

const contentOf = (folder: string) => {
  const files = readdirSync(join(work, folder), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return Object.fromEntries(
    files
      .filter(({ name }) => name !== 'manifest.json')
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(join(work, folder).length), readFileSync(path).toString('base64')];
      }),
  );
};

test('what is taken out, brought into another installation, and taken out there is the same', async () => {
  const whole = ['--with-secrets', '--with-attachments', '--yes'];
  expect(await admin(['export', 'one', ...whole, '--directory', first.directory])).toMatchObject({ status: 0 });
  const { status, stdout } = await admin(['import', 'one', '--directory', second.directory]);
  expect(stdout).toMatch(new RegExp(`^Imported 1 access token, 3 tenants, ${PROFILES} profiles, 20 attachments`, 'm'));
  expect(status).toBe(0);
  expect(await admin(['export', 'two', ...whole, '--directory', second.directory])).toMatchObject({ status: 0 });
  const [one, two] = [contentOf('one'), contentOf('two')];
  expect(Object.keys(two)).toEqual(Object.keys(one));
  expect(Object.keys(one).filter((name) => one[name] !== two[name])).toEqual([]);
});

test.each([3, 1503, 5999 - (5999 % 3)])('user %i signs in with the old password in either', async (at) => {
  const body = new URLSearchParams({ tenantName: 'north', username: `user ${at}`, password: 'admin' });
  for (const { url } of [first, second]) {
    const answer = await fetch(`${url}/crafter-profile/api/1/authentication/authenticate`, {
      method: 'POST',
      headers: { authorization: 'Bearer moving-in-token' },
      body,
    });
    // Every seventh is disabled.
    expect(answer.status).toBe(at % 7 === 0 ? 403 : 200);
  }
});
