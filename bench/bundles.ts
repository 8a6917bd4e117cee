import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFile } from '../lib/build/bundle.ts';
import { endpoints } from '../lib/endpoints.ts';
import { startStack } from '../lib/local/stack.ts';
import { buildBareClient } from './bare-client.ts';
import { median, ratio, table } from './statistics.ts';

const run = promisify(execFile);
const RUNS = 30;

/** Endpoints whose cold start is measured: a read, a hash, a mail, a query. */
const measured = ['getProfile', 'createTicket', 'authenticate', 'resetPassword', 'getProfilesByQuery'];

interface Times {
  readonly loadMs: number;
  readonly firstCallMs: number;
}

async function timesOf(bundle: string, eventFile: string): Promise<Times> {
  const { stdout } = await run(process.execPath, ['bench/subjects/load.mjs', bundle, eventFile]);
  return JSON.parse(stdout);
}

/** Bytes of every bundle against the bare client's. */
function bundleBytes(outdir: string, bareClient: string): string {
  const base = statSync(bareClient).size;
  const sizes = endpoints
    .map(({ name }) => ({ name, bytes: statSync(bundleFile(outdir, name)).size }))
    .sort((a, b) => a.bytes - b.bytes);
  const middle = median(sizes.map(({ bytes }) => bytes));
  const rows = sizes.map(({ name, bytes }) => [name, bytes, ratio(bytes, base)]);
  return [
    `Bare client: ${base} bytes. Median of the endpoints: ${ratio(middle, base)} of it.`,
    table(['bundle', 'bytes', 'of bare client'], rows),
  ].join('\n\n');
}

interface Subject {
  readonly name: string;
  readonly bundle: string;
  readonly eventFile: string;
  readonly times: Times[];
}

function subjectOf(outdir: string, operationId: string): Subject {
  const { name } = endpoints.find(({ contract }) => contract.operationId === operationId) ?? {};
  if (name === undefined) throw new Error(`There is no operation ${operationId}`);
  return { name, bundle: bundleFile(outdir, name), eventFile: `events/${name}.json`, times: [] };
}

/** Load time and first call of some endpoints against the bare client's, interleaved, each in a process of its own. */
async function coldStarts(outdir: string, bareClient: string): Promise<string> {
  const bare: Subject = {
    name: 'bare client',
    bundle: bareClient,
    eventFile: 'events/profile/get-profile.json',
    times: [],
  };
  const subjects = [bare, ...measured.map((operationId) => subjectOf(outdir, operationId))];
  for (let round = 0; round < RUNS; round++)
    for (const { bundle, eventFile, times } of subjects) times.push(await timesOf(bundle, eventFile));
  const load = ({ times }: Subject) => median(times.map(({ loadMs }) => loadMs));
  const first = ({ times }: Subject) => median(times.map(({ firstCallMs }) => firstCallMs));
  const both = ({ times }: Subject) => median(times.map(({ loadMs, firstCallMs }) => loadMs + firstCallMs));
  const rows = subjects.map((subject) => [
    subject.name,
    ...[load, first, both].flatMap((of) => [of(subject).toFixed(1), ratio(of(subject), of(bare))]),
  ]);
  return table(['bundle', 'load ms', 'ratio', 'first call ms', 'ratio', 'both ms', 'ratio'], rows);
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const outdir = join(directory, 'bundles');
const stack = await startStack({ port: 0, directory, outdir, memory: true });
const bareClient = await buildBareClient(directory);
console.log(bundleBytes(outdir, bareClient));
console.log(`\nCold starts, median of ${RUNS}, without Lambda's own share:\n`);
console.log(await coldStarts(outdir, bareClient));
await stack.stop();
rmSync(directory, { recursive: true });
process.exit(0);
