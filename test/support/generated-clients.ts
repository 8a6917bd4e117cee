import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The packages that make a client of the document, by the names of the programs in `test/clients` that use it. */
export const generators = ['openapi-fetch', 'hey-api'] as const;
type Generator = (typeof generators)[number];

const run = promisify(execFile);
const require = createRequire(`${process.cwd()}/package.json`);

const commands: Readonly<Record<Generator, (directory: string) => readonly string[]>> = {
  'openapi-fetch': (directory) => [
    'test/support/openapi-fetch-types.ts',
    'openapi.json',
    join(directory, 'generated/schema.ts'),
  ],
  'hey-api': (directory) => [
    join(dirname(require.resolve('@hey-api/openapi-ts/package.json')), 'bin/run.js'),
    ...['--input', 'openapi.json', '--output', join(directory, 'generated'), '--client', '@hey-api/client-fetch'],
    '--no-log-file',
  ],
};

/** The project's own, but for a rule that comes on top of `strict` and that generated code is not written for. Clients know the types of browsers. */
const compilerOptions = { exactOptionalPropertyTypes: false, lib: ['es2024', 'dom', 'dom.iterable'], types: ['node'] };

/** Makes a client of `openapi.json` beside the program that uses it, and answers its folder, inside the build folder. */
export async function generateClient(name: Generator): Promise<string> {
  const directory = join(process.cwd(), '.build/generated-clients', name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'generated'), { recursive: true });
  copyFileSync(`test/clients/${name}.ts`, join(directory, 'program.ts'));
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions, include: ['.'], exclude: [] }),
  );
  await run(process.execPath, [...commands[name](directory)]);
  return directory;
}

/** What the compiler finds in the client and its program; empty where all is well. */
export async function faultsOfTypes(directory: string): Promise<string> {
  const compiler = require.resolve('typescript/bin/tsc');
  return run(process.execPath, [compiler, '--project', directory]).then(
    ({ stdout }) => stdout,
    (failure: { stdout: string }) => failure.stdout,
  );
}

/** Runs the program, and answers what it wrote. */
export async function runProgram(directory: string, parameters: readonly string[]): Promise<unknown> {
  const { buildSync } = await import('esbuild');
  const outfile = join(directory, 'program.mjs');
  buildSync({ entryPoints: [join(directory, 'program.ts')], bundle: true, platform: 'node', format: 'esm', outfile });
  const { stdout } = await run(process.execPath, [outfile, ...parameters]);
  return JSON.parse(stdout);
}
