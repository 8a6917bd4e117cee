import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownTableNames } from '../support/local-api.ts';

/** `npm start` as a person has it: processes, bundles, signals. One story, because each start builds everything. */

const directory = mkdtempSync(join(tmpdir(), 'local-stack-'));
const node = join(process.cwd(), 'node_modules/.bin/node');
const token = 'e8f5170c-877b-416f-b70f-4b09772f8e2d';
const tables = ownTableNames();
const processes: ChildProcess[] = [];

afterAll(() => {
  for (const running of processes) running.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

/** Its own engine is what this is about, also where the environment names one for all tests. And no shell is anywhere in its PATH. */
const { AWS_ENDPOINT_URL_DYNAMODB: _engineOfAll, ...others } = process.env;
const environment = { ...others, ...tables, PATH: directory };

function start(port: string | number, ...more: readonly string[]): Started {
  const child = spawn(node, ['bin/local.ts', '--port', String(port), '--directory', directory, ...more], {
    env: environment,
  });
  processes.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return {
    process: child,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    output: () => output,
  };
}

/** Waits until it is ready, and answers what is listening where. */
async function readiness(stack: Started): Promise<{ api: string; mailbox: string; engine: string }> {
  while (!stack.output().includes('Requests to try')) {
    if (stack.process.exitCode !== null) throw new Error(stack.output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const address = (name: string) => new RegExp(`^  ${name} +(\\S+)$`, 'm').exec(stack.output())?.[1] ?? '';
  const { environment } = JSON.parse(readFileSync(join(directory, 'stack.json'), 'utf8'));
  return { api: address('API'), mailbox: address('mailbox'), engine: environment.AWS_ENDPOINT_URL_DYNAMODB };
}

async function isListening(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function expectGone(urls: readonly string[]): Promise<void> {
  const deadlineMs = performance.now() + 5000;
  const listening = () => Promise.all(urls.map(isListening));
  while ((await listening()).includes(true) && performance.now() < deadlineMs);
  expect(await listening()).toEqual(urls.map(() => false));
}

const post = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ accessTokenId: token, ...fields }) });

test('it serves the bundles, keeps data over a kill, and leaves nothing behind', async () => {
  const first = start(0);
  const { api, mailbox, engine } = await readiness(first);
  expect(first.output().split('\n')).toEqual(
    expect.arrayContaining([`API=${api}`, `TOKEN=${token}`, `MAILBOX=${mailbox}`]),
  );
  for (const control of ['\u001B', '\r']) expect(first.output()).not.toContain(control);
  expect(first.output()).toMatch(/^ {2}functions \d+\.\d s \(built\)$/m);
  expect(first.output()).not.toContain('Going on');
  const root = await fetch(new URL('/', api), { method: 'HEAD', redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/docs']);

  const reset = await post(`${api}/profile/592715d4d4c650e226b03b62/reset_password`, {
    resetPasswordUrl: 'https://app.example.com/reset',
  });
  expect([reset.status, await reset.json()]).toMatchObject([200, { username: 'john.doe' }]);
  expect(await (await fetch(`${mailbox}/store`)).json()).toMatchObject({
    emails: [{ destination: { to: ['john.doe@example.com'] }, subject: 'Reset Password' }],
  });
  expect((await fetch(`${api}/nothing`)).status).toBe(404);
  const created = await post(`${api}/profile/create`, {
    tenantName: 'default',
    username: 'kept',
    password: 'secret',
    email: 'kept@example.com',
    enabled: 'true',
  });
  expect(created.status).toBe(200);
  const trail = readFileSync(join(directory, 'audit.jsonl'), 'utf8');
  expect(trail).toContain('"operation":"createProfile","requestId":"');
  expect(trail.match(/"(outcome|hashes)":"[^"]*"/g)).toEqual(['"outcome":"done"', '"outcome":"done"']);
  expect(first.output()).not.toContain('audit');
  expect(first.output()).toMatch(/^POST \/crafter-profile\/api\/1\/profile\/\{id\}\/reset_password 200 \d+ ms$/m);
  expect(first.output()).toMatch(/^GET \$default 404 \d+ ms$/m);

  const expired = await fetch(`${api}/access_token/create?accessTokenId=${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'kept-secret', application: 'old', expiresOn: '2024-01-01T00:00:00Z' }),
  });
  expect(expired.status).toBe(200);

  first.process.kill('SIGKILL');
  await first.ended;
  await expectGone([api, mailbox, engine]);

  const second = start(0);
  const again = await readiness(second);
  expect(second.output()).toMatch(
    /^Going on with the data kept since \d{4}-\d{2}-\d{2} \d{2}:\d{2} \(--fresh starts anew\)\.$/m,
  );
  expect(second.output()).toMatch(/^ {2}functions \d+\.\d s \(as built before\)$/m);
  const query = new URLSearchParams({ accessTokenId: token, tenantName: 'default', username: 'kept' });
  const kept = await fetch(`${again.api}/profile/by_username?${query}`);
  expect(await kept.json()).toMatchObject({ username: 'kept' });

  const third = start(new URL(again.api).port);
  expect(await third.ended).toBe(1);
  expect(third.output()).toMatch(/^Port \d+ is taken: stop what listens there, or choose another one with --port N\n$/);
  const fourth = start(0);
  expect(await fourth.ended).toBe(1);
  expect(fourth.output()).toMatch(/^A local stack runs already, at http:\S+: stop it first, or add --memory/);

  second.process.kill('SIGINT');
  expect(await second.ended).toBe(0);
  expect(second.output()).toContain(`All has stopped: API, DynamoDB, mailbox and S3. The data are in ${directory}.`);
  await expectGone([again.api, again.mailbox, again.engine]);
  expect(existsSync(join(directory, 'stack.json'))).toBe(false);

  const atOnce = [start(0), start(0)];
  const ready = await Promise.any(atOnce.map(async (one) => [one, await readiness(one)] as const));
  for (const other of atOnce.filter((one) => one !== ready[0])) {
    expect(await other.ended).toBe(1);
    expect(other.output()).toMatch(/A local stack (runs|is being started) already/);
  }
  ready[0].process.kill('SIGINT');
  expect(await ready[0].ended).toBe(0);

  expect(first.output()).not.toContain('WARNING');
  expect(second.output()).toContain('WARNING: 1 of 5 access tokens has expired: every call with it is refused.');
  expect(second.output()).toContain('  access token of application "old": expired on 2024-01-01\n');
  expect(second.output()).not.toContain('kept-secret');
}, 90_000);

/** The engine's process, which nothing but a list of processes tells of. */
function engineOf(url: string): number {
  const port = new URL(url).port;
  const running = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  const line = running.find((one) => one.includes(`serve --port ${port}`) && !one.includes(' -e ')) ?? '';
  return Number.parseInt(line, 10);
}

test('an engine that ends by itself is told, and ends the stack', async () => {
  const stack = start(0);
  const { api, mailbox, engine } = await readiness(stack);
  process.kill(engineOf(engine), 'SIGKILL');
  expect(await stack.ended).toBe(1);
  expect(stack.output()).toContain(
    `DynamoDB ended by itself (it was ended by SIGKILL), so that all has stopped: start again. The data are in ${directory}.`,
  );
  await expectGone([api, mailbox, engine]);
}, 60_000);

test('Ctrl-C during the start stops what was started, and keeps no half data', async () => {
  const stack = start(0, '--fresh');
  while (!stack.output().includes('  DynamoDB ')) await new Promise((resolve) => setTimeout(resolve, 5));
  stack.process.kill('SIGINT');
  expect([0, 130]).toContain(await stack.ended);
  expect(stack.output()).toContain('All has stopped');
  const next = start(0);
  await readiness(next);
  next.process.kill('SIGTERM');
  expect(await next.ended).toBe(0);
}, 60_000);
