/** `npm run invoke -- <function> [event file]`: one function, one event, no Docker. */
import { join } from 'node:path';
import { answered, readCommandLine, tellFailure, typedPath } from '../lib/command-line.ts';
import { requireFunction } from '../lib/function-names.ts';
import { readGivenEvent, sampleFile } from '../lib/local/given-event.ts';
import { invokeOnce } from '../lib/local/invoke-once.ts';
import { DEFAULT_DIRECTORY } from '../lib/local/own-entries.ts';
import { withProgress } from '../lib/progress.ts';
import { requireSettings } from '../lib/setting-values.ts';
import { UsageError } from '../lib/usage-error.ts';

const call = 'npm run invoke --';
const options = { directory: { type: 'string' } } as const;
const help = `Usage: ${call} <function> [event file]

  <function>       as in functions/ or in openapi.json: profile/reset-password or resetPassword
  [event file]     an event of API Gateway, default: the sample, events/<function>.json
  --directory DIR  the stack that was started with this --directory
  -h, --help       this
  --version        the version

For example: ${call} profile/reset-password events/profile/reset-password.json
It works on the stack that "npm start" runs, or else on a throw-away one with the sample data.
`;

/** Everything that can be wrong with what was typed is found here, before anything is built or started. */
function readInvocation([given, file, ...more]: readonly string[]) {
  if (given === undefined) throw new UsageError(`Which function?\n\n${help}`);
  if (more.length > 0) {
    const words = more.map((word) => JSON.stringify(word)).join(', ');
    throw new UsageError(`${words} is too much: ${call} <function> [event file]`);
  }
  const name = requireFunction(given);
  requireSettings();
  return { name, event: readGivenEvent(file === undefined ? sampleFile(name) : typedPath(file), name) };
}

async function run(): Promise<string> {
  const { values, positionals } = readCommandLine({ call, options, takesArguments: true });
  if (answered(values, help)) return '';
  process.chdir(join(import.meta.dirname, '..'));
  const invocation = readInvocation(positionals);
  if (values.directory === '') throw new UsageError('--directory is empty: give it a value');
  const stackDirectory = values.directory && typedPath(values.directory);
  const answer = await withProgress(`Calling ${invocation.name}`, () =>
    invokeOnce({ ...invocation, directory: DEFAULT_DIRECTORY, stackDirectory }),
  );
  return `${JSON.stringify(answer, null, 2) ?? 'The function answers with nothing.'}\n`;
}

run().then(
  // Not before all of it is written: a pipe takes it in pieces.
  (answer) => process.stdout.write(answer, () => process.exit(0)),
  (failure: unknown) => process.exit(tellFailure(failure)),
);
