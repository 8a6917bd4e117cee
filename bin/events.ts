/** `npm run events`: writes the sample event of every function that has none yet; those that are there stay as they are. */
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answered, readCommandLine, tellFailure } from '../lib/command-line.ts';
import { sampleFile } from '../lib/local/given-event.ts';
import { sampleEvents } from '../lib/local/sample-events.ts';
import { codeOf, whyFolderFails } from '../lib/system-errors.ts';

const call = 'npm run events --';
const help = `Usage: ${call} [options]

Writes the sample event of every function that has none yet, events/<function>.json; those that are there stay as they are.

  -h, --help   this
  --version    the version
`;

function write(file: string, event: object): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(event, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Error(`${file} cannot be written (${whyFolderFails(error)}): free its folder`);
  }
}

function run(): void {
  const { values } = readCommandLine({ call, options: {}, takesArguments: false });
  if (answered(values, help)) return;
  process.chdir(join(import.meta.dirname, '..'));
  const samples = [...sampleEvents()].map(([name, event]) => ({ file: sampleFile(name), event }));
  const missing = samples.filter(({ file }) => lstatSync(file, { throwIfNoEntry: false }) === undefined);
  for (const { file, event } of missing) {
    write(file, event);
    console.log(file);
  }
  if (missing.length === 0)
    console.log(`All ${samples.length} sample events are there; one that is deleted is written anew.`);
}

try {
  run();
} catch (failure) {
  process.exitCode = tellFailure(failure);
}
