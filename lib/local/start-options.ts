import { readCommandLine, typedPath } from '../command-line.ts';
import { variablesFrom } from '../setting-values.ts';
import { UsageError } from '../usage-error.ts';
import { DEFAULT_DIRECTORY } from './own-entries.ts';

export const help = `Usage: npm start -- [options]

  --port N           port of the API, default 8080; 0: a free one
  --set NAME=value   a setting, for example ticketAgeSeconds=1800; may be repeated
  --fresh            throw away the data that were kept, start with the sample data
  --memory           keep nothing
  --data PATH        a dump or export of the replaced server instead of the sample data, all of which can be taken
  --empty            no data at all, for "npm run admin -- import PATH --local"
  --directory DIR    where data is kept, default ${DEFAULT_DIRECTORY}; a folder of its own
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
  empty: { type: 'boolean', default: false },
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
  return path && typedPath(path);
}

/** The options of `npm start` as they were typed. Throws a `UsageError`. */
export function readStartOptions() {
  const { values } = readCommandLine({ call: 'npm start --', options, takesArguments: false });
  if (values.empty && values.data !== undefined) throw new UsageError('--empty starts without data: leave --data out');
  return {
    help: values.help,
    version: values.version,
    fresh: values.fresh,
    memory: values.memory,
    isEmpty: values.empty,
    port: portOf(values.port),
    variables: variablesFrom(values.set ?? []),
    dataFile: given('data', values.data),
    directory: given('directory', values.directory) ?? DEFAULT_DIRECTORY,
  };
}
