import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundleFile } from '../lib/build/bundle.ts';
import { endpoints } from '../lib/endpoints.ts';
import { median, ratio, table } from './statistics.ts';

const run = promisify(execFile);

/** How often each is started. */
export const RUNS = 30;

interface Times {
  readonly loadMs: number;
  readonly firstCallMs: number;
}

interface Subject {
  readonly name: string;
  readonly bundle: string;
  readonly eventFile: string;
  readonly times: Times[];
}

async function timesOf({ bundle, eventFile }: Subject, env: NodeJS.ProcessEnv): Promise<Times> {
  const { stdout } = await run(process.execPath, ['bench/subjects/load.mjs', bundle, eventFile], { env });
  return JSON.parse(stdout);
}

function subjectOf(outdir: string, operationId: string): Subject {
  const { name } = endpoints.find(({ contract }) => contract.operationId === operationId) ?? {};
  if (name === undefined) throw new Error(`There is no operation ${operationId}`);
  return { name, bundle: bundleFile(outdir, name), eventFile: `events/${name}.json`, times: [] };
}

/** Load time and first call of endpoints against the bare client's, interleaved, each in a process of its own. */
export async function coldStarts(
  outdir: string,
  bareClient: string,
  operationIds: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bare: Subject = {
    name: 'bare client',
    bundle: bareClient,
    eventFile: 'events/profile/get-profile.json',
    times: [],
  };
  const subjects = [bare, ...operationIds.map((operationId) => subjectOf(outdir, operationId))];
  const env = { ...process.env, ...environment };
  for (let round = 0; round < RUNS; round++)
    for (const subject of subjects) subject.times.push(await timesOf(subject, env));
  const load = ({ times }: Subject) => median(times.map(({ loadMs }) => loadMs));
  const first = ({ times }: Subject) => median(times.map(({ firstCallMs }) => firstCallMs));
  const both = ({ times }: Subject) => median(times.map(({ loadMs, firstCallMs }) => loadMs + firstCallMs));
  const rows = subjects.map((subject) => [
    subject.name,
    ...[load, first, both].flatMap((of) => [of(subject).toFixed(1), ratio(of(subject), of(bare))]),
  ]);
  return table(['bundle', 'load ms', 'ratio', 'first call ms', 'ratio', 'both ms', 'ratio'], rows);
}
