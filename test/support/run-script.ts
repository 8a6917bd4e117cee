import { spawnSync } from 'node:child_process';

/** What a script of `bin` or `bench` says, and ends with, as a person sees it. */
export function runScript(file: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr: stderr.trim() };
}

/** Calls what reads the command line of this process as if that was typed. */
export async function withArguments<Result>(args: readonly string[], call: () => Result): Promise<Awaited<Result>> {
  const { argv } = process;
  process.argv = ['node', 'script', ...args];
  try {
    return await call();
  } finally {
    process.argv = argv;
  }
}
