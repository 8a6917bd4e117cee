/** BENCH_BEFORE names a checkout of the commit to compare with, which has its `node_modules`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../lib/local/free-port.ts';
import { sample } from '../lib/openapi/sample.ts';
import { type LoadRequest, rateOf } from './load.ts';
import { median, ratio, table } from './statistics.ts';

const ROUNDS = 7;
/** Until both are compiled. */
const WARM_UP_REQUESTS = 1500;
const REQUESTS = 800;
const START_TIMEOUT_MS = 60_000;

interface RunningStack {
  readonly api: string;
  stop(): Promise<void>;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** `npm start` of a checkout, on a port of its own, with the sample data. */
async function startStackOf(checkout: string, directory: string): Promise<RunningStack> {
  const port = await freePort();
  const options = ['--memory', '--port', String(port), '--directory', directory];
  const child: ChildProcess = spawn(process.execPath, ['bin/local.ts', ...options], { cwd: checkout, stdio: 'ignore' });
  const api = `http://127.0.0.1:${port}/crafter-profile/api/1`;
  const giveUpMs = performance.now() + START_TIMEOUT_MS;
  while (!(await isUp(`${api}/profile/${sample.profileId}?accessTokenId=${sample.accessToken}`))) {
    if (child.exitCode !== null || performance.now() > giveUpMs) throw new Error(`${checkout} does not start`);
    await sleep(200);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { api, stop };
}

const caller = `accessTokenId=${sample.accessToken}`;
const requests: Readonly<Record<string, (api: string) => LoadRequest>> = {
  getProfile: (api) => ({ url: `${api}/profile/${sample.profileId}?${caller}` }),
  getProfileByUsername: (api) => ({
    url: `${api}/profile/by_username?${caller}&tenantName=${sample.tenant}&username=${sample.username}`,
  }),
  getProfileByTicket: (api) => ({ url: `${api}/profile/by_ticket?${caller}&ticketId=${sample.ticketId}` }),
  createTicket: (api) => ({
    url: `${api}/authentication/ticket/create?${caller}`,
    form: { profileId: sample.profileId },
  }),
};

/** Requests a second of both, in turns. */
async function compare(before: LoadRequest, now: LoadRequest) {
  for (const request of [before, now]) await rateOf(request, WARM_UP_REQUESTS);
  const rates = { before: [] as number[], now: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.before.push(await rateOf(before, REQUESTS));
    rates.now.push(await rateOf(now, REQUESTS));
  }
  return { before: median(rates.before), now: median(rates.now) };
}

async function measure(checkout: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const before = await startStackOf(checkout, join(directory, 'before'));
  const now = await startStackOf(process.cwd(), join(directory, 'now'));
  const rows: (string | number)[][] = [];
  for (const [operation, request] of Object.entries(requests)) {
    const rates = await compare(request(before.api), request(now.api));
    rows.push([operation, rates.before.toFixed(0), rates.now.toFixed(0), ratio(rates.now, rates.before)]);
  }
  await Promise.all([before.stop(), now.stop()]);
  rmSync(directory, { recursive: true });
  return table(['operation', 'before, requests/s', 'now, requests/s', 'ratio'], rows);
}

const checkout = process.env.BENCH_BEFORE;
console.log(
  checkout ? await measure(resolve(checkout)) : 'Skipped: BENCH_BEFORE names no checkout of a commit to compare with.',
);
process.exit(0);
