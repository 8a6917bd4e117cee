/** `npm start`: the whole product on this machine; run it with `-- --help` for its options. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '../lib/local/stack.ts';
import { triedRequests } from '../lib/local/tried-requests.ts';
import { apiBase } from '../lib/routes.ts';
import { UsageError } from '../lib/usage-error.ts';

const help = `Usage: npm start -- [options]

  --port N          port of the API, default 8080
  --fresh           throw away what was kept, start with the sample data
  --memory          keep nothing
  --data FILE       exported collections of the replaced server instead of the sample data
  --directory DIR   where data is kept, default .local
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      fresh: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      data: { type: 'string' },
      directory: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  return { ...values, port };
}

async function run(): Promise<void> {
  const startedMs = performance.now();
  const { port, fresh, memory, help: wantsHelp, ...paths } = readOptions();
  if (wantsHelp) return console.log(help);
  const given = (path: string | undefined) => path && resolve(process.env.INIT_CWD ?? process.cwd(), path);
  const dataFile = given(paths.data);
  const directory = given(paths.directory) ?? '.local';
  process.chdir(join(import.meta.dirname, '..'));
  let stopping = false;
  const starting = startStack({
    port,
    fresh,
    memory,
    dataFile,
    directory,
    // Apart from what is deployed, so that neither build is in the other's way.
    outdir: join(directory, 'functions'),
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

run().catch((failure: unknown) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exit(failure instanceof UsageError ? 2 : 1);
});
