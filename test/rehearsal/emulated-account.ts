import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../lib/local/free-port.ts';
import { python } from './emulator.ts';

const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
const READY_WITHIN_MS = 60_000;

/** An account that lives as long as a test file. */
export interface EmulatedAccount {
  readonly environment: NodeJS.ProcessEnv;
  /** The same for commands that use the functions' client of S3: by an address it speaks to buckets in the path. */
  readonly ownEnvironment: NodeJS.ProcessEnv;
  /** Makes the next new stack fail. */
  failOnce(): void;
  /** Makes quotas and health of the account other than well (test/rehearsal/emulator.py has their names). */
  become(account: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

/** Starts an empty account, prepared for CDK. */
export async function startAccount(): Promise<EmulatedAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'account-'));
  const port = await freePort();
  const server = spawn(python, ['test/rehearsal/emulator.py', String(port), folder], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // Only under this name do moto and the CDK CLI agree on where a template is.
  const url = `http://localhost:${port}`;
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (Date.now() > deadlineMs || server.exitCode !== null) throw new Error('The emulator does not start');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    CI: 'true',
  };
  try {
    // From a folder without an app, of which nothing is wanted here.
    const bootstrap = [resolve('node_modules/aws-cdk/bin/cdk'), 'bootstrap', `aws://${ACCOUNT}/${REGION}`];
    execFileSync(process.execPath, bootstrap, { cwd: folder, env: environment, stdio: 'pipe' });
  } catch (fault) {
    server.kill();
    throw fault;
  }
  return {
    environment,
    ownEnvironment: { ...environment, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` },
    failOnce: () => writeFileSync(join(folder, 'fail'), ''),
    become: (like) => writeFileSync(join(folder, 'account.json'), JSON.stringify(like)),
    stop: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
