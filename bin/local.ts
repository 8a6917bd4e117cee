/** `npm start`: the whole product on this machine; run it with `-- --help` for its options. */
import { join, resolve } from 'node:path';
import { readCommandLine, tellFailure, versionLine } from '../lib/command-line.ts';
import { SERVED } from '../lib/local/own-entries.ts';
import { startStack } from '../lib/local/stack.ts';
import { triedRequests } from '../lib/local/tried-requests.ts';
import { apiBase } from '../lib/routes.ts';
import { variablesFrom } from '../lib/setting-values.ts';
import { UsageError } from '../lib/usage-error.ts';

const help = `Usage: npm start -- [options]

  --port N           port of the API, default 8080; 0: a free one
  --set NAME=value   a setting, for example ticketAgeSeconds=1800; may be repeated
  --fresh            throw away the data that were kept, start with the sample data
  --memory           keep nothing
  --data FILE        exported collections of the replaced server instead of the sample data
  --directory DIR    where data is kept, default .local; a folder of its own
  -h, --help         this
  --version          the version

docs/settings.md lists the settings.
`;

const options = {
  port: { type: 'string', default: '8080' },
  set: { type: 'string', multiple: true },
  fresh: { type: 'boolean', default: false },
  memory: { type: 'boolean', default: false },
  data: { type: 'string' },
  directory: { type: 'string' },
} as const;

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`--port ${JSON.stringify(text)} is no port: it is a number from 0 to 65535`);
  return Number(text);
}

/** From where the command was typed; nothing is not the folder itself. */
function given(option: string, path: string | undefined): string | undefined {
  if (path === '') throw new UsageError(`--${option} is empty`);
  return path && resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

function readOptions() {
  const { values } = readCommandLine({ call: 'npm start --', options, takesArguments: false });
  return {
    ...values,
    port: portOf(values.port),
    variables: variablesFrom(values.set ?? []),
    dataFile: given('data', values.data),
    directory: given('directory', values.directory) ?? '.local',
  };
}

async function run(): Promise<void> {
  const startedMs = performance.now();
  const { help: wantsHelp, version, variables, data: _typed, set: _set, ...start } = readOptions();
  if (wantsHelp) return console.log(help);
  if (version) return console.log(versionLine);
  Object.assign(process.env, variables);
  process.chdir(join(import.meta.dirname, '..'));
  let stopping = false;
  const starting = startStack({
    ...start,
    // Apart from what is deployed, so that neither build is in the other's way.
    outdir: join(start.directory, SERVED),
    onProgress: console.log,
    onServed: ({ method, routeKey, statusCode, durationMs }) => {
      const route = routeKey.startsWith(`${method} `) ? routeKey : `${method} ${routeKey}`;
      console.log(`${route} ${statusCode} ${durationMs.toFixed(0)} ms`);
    },
  });
  const end = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    await starting.then((stack) => stack.stop()).catch(() => undefined);
    console.log(`
All has stopped: API, DynamoDB, mailbox and S3. ${start.memory ? 'Nothing was kept.' : `The data are in ${resolve(start.directory)}.`}`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const stack = await starting;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`
Ready in ${seconds} s. Ctrl-C stops everything.

  API       ${stack.url}${apiBase()}
  try it    ${stack.url}/docs
  mailbox   ${stack.mailboxUrl}

${triedRequests(stack.url)}
`);
  if (stack.warnings.length > 0) console.error(`${stack.warnings.join('\n')}\n`);
}

run().catch((failure: unknown) => process.exit(tellFailure(failure)));
