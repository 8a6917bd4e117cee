import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile } from '../lib/build/bundle.ts';
import { endpoints } from '../lib/endpoints.ts';
import { startStack } from '../lib/local/stack.ts';
import { bundleBare } from './bare-client.ts';
import { hotOperations } from './hot-operations.ts';
import { median, table } from './statistics.ts';

/** Until both are compiled: what the functions add is so little a call that it takes long to become hot. */
const WARM_UP_CALLS = 3000;
/** Short ones in turns, so that what else the machine does meets both alike. */
const ROUNDS = 30;
const CALLS = 100;

/** The module whose calls are counted, in a process of its own. */
async function startCalls(module: string, eventFile: string, operationId: string): Promise<ChildProcess> {
  const child = fork('bench/subjects/calls.mjs', [module, eventFile, operationId]);
  await once(child, 'message');
  return child;
}

/** CPU time of one call, in microseconds, of so many. */
async function cpuOf(child: ChildProcess, calls: number): Promise<number> {
  child.send(calls);
  const [microseconds] = await once(child, 'message');
  return Number(microseconds);
}

/** Bundle and bare client in turns, one request after the other, as a sandbox of Lambda has them. */
async function compare(outdir: string, bareModule: string, operationId: string) {
  const { name = '' } = endpoints.find(({ contract }) => contract.operationId === operationId) ?? {};
  const eventFile = `events/${name}.json`;
  const ours = await startCalls(bundleFile(outdir, name), eventFile, operationId);
  const bare = await startCalls(bareModule, eventFile, operationId);
  for (const child of [ours, bare]) await cpuOf(child, WARM_UP_CALLS);
  const rounds: { readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ ours: await cpuOf(ours, CALLS), bare: await cpuOf(bare, CALLS) });
  for (const child of [ours, bare]) child.kill();
  return rounds;
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const outdir = join(directory, 'bundles');
const stack = await startStack({ port: 0, directory, outdir, memory: true });
const bareModule = await bundleBare('bench/subjects/bare-operations.mjs', directory);
const rows: (string | number)[][] = [];
for (const operationId of hotOperations) {
  const rounds = await compare(outdir, bareModule, operationId);
  const middle = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
  rows.push([
    operationId,
    middle(({ bare }) => bare).toFixed(0),
    middle(({ ours }) => ours).toFixed(0),
    middle(({ ours, bare }) => ours / bare).toFixed(2),
  ]);
}
console.log(table(['operation', 'bare client, µs', 'function, µs', 'ratio'], rows));
await stack.stop();
rmSync(directory, { recursive: true });
process.exit(0);
