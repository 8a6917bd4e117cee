import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The machine that an engine is looked for on; this one. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Directories of programs, as the platform joins them. */
  readonly path: string;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  arch: process.arch,
  path: process.env.PATH ?? process.env.Path ?? '',
});

const programOn = ({ platform }: Machine) => (platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Where npm puts the engine of a platform, which is an optional dependency. */
function installed(machine: Machine): string | undefined {
  const { platform, arch } = machine;
  try {
    const require = createRequire(join(process.cwd(), 'package.json'));
    return join(dirname(require.resolve(`@dynoxide/${platform}-${arch}/package.json`)), programOn(machine));
  } catch {
    return undefined;
  }
}

const inPath = (machine: Machine): string | undefined =>
  machine.path
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, programOn(machine)))
    .find(isProgram);

/** The program of the embedded DynamoDB: the installed one, else one that is in PATH. Throws what to type where there is none. */
export function enginePath(machine: Machine = thisMachine()): string {
  const found = [installed(machine), inPath(machine)].find((file) => file !== undefined && isProgram(file));
  if (found !== undefined) return found;
  throw new Error(`No DynamoDB engine for ${machine.platform}-${machine.arch} is installed here. One of these brings one:
  npx dynoxide serve --port 8000       in a terminal of its own, with AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000 here
  cargo install dynoxide-rs            for a program "dynoxide" in PATH, which is found by itself
  DynamoDB Local (needs Java)          on any port, with AWS_ENDPOINT_URL_DYNAMODB naming it here`);
}
