/** BENCH_BETTER_AUTH names a folder with better-auth in its `node_modules`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startStack } from '../lib/local/stack.ts';
import { type Comparison, requestsToBetterAuth } from './others/better-auth.ts';
import { requestsToOurs } from './others/ours.ts';
import { median, table } from './statistics.ts';
import { startSubject } from './subject-process.ts';

const PROFILES = 10_000;
const ROUNDS = 15;
/** Until all is compiled. */
const WARM_UP_ROUNDS = 5;

/** One request on a connection that is kept, in milliseconds; `round` makes names differ. */
async function timeOf(send: (round: number) => Promise<Response>, round: number): Promise<number> {
  const startMs = performance.now();
  const answer = await send(round);
  const body = await answer.text();
  const tookMs = performance.now() - startMs;
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${body}`);
  return tookMs;
}

/** The middle of each operation's times, all servers in turns. */
async function compare(servers: readonly Comparison[]): Promise<string> {
  const rows: string[][] = [];
  for (const operation of Object.keys(servers[0]?.requests ?? {})) {
    const times = servers.map((): number[] => []);
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++)
      for (const [at, { requests }] of servers.entries()) {
        const send = requests[operation];
        if (send === undefined) continue;
        const tookMs = await timeOf(send, round);
        if (round >= WARM_UP_ROUNDS) times[at]?.push(tookMs);
      }
    rows.push([operation, ...times.map((of) => median(of).toFixed(1))]);
  }
  return table(['operation, milliseconds', ...servers.map(({ name }) => name)], rows);
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const outdir = join(directory, 'bundles');
const stack = await startStack({ port: 0, directory, outdir, memory: true });
const subject = await startSubject('bench/subjects/our-server.ts', { ...stack.environment, BENCH_OUTDIR: outdir });
const servers = [await requestsToOurs(subject.line, PROFILES)];
const folder = process.env.BENCH_BETTER_AUTH;
const betterAuth = folder
  ? await startSubject('bench/subjects/better-auth-server.mjs', {
      BENCH_BETTER_AUTH: resolve(folder),
      BENCH_DIRECTORY: directory,
      BENCH_PROFILES: String(PROFILES),
    })
  : undefined;
if (betterAuth) servers.push(requestsToBetterAuth(betterAuth.line));
console.log(await compare(servers));
if (!betterAuth) console.log('\nbetter-auth: skipped, BENCH_BETTER_AUTH names no folder that has it.');
subject.stop();
betterAuth?.stop();
await stack.stop();
rmSync(directory, { recursive: true });
process.exit(0);
