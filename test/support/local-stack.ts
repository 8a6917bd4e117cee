import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A stack as `npm start` runs it, in a process of its own. */
export interface RunningLocalStack {
  readonly directory: string;
  readonly url: string;
  stop(): Promise<void>;
}

function urlOf(directory: string): string | undefined {
  const file = join(directory, 'stack.json');
  if (!existsSync(file)) return undefined;
  const { url } = JSON.parse(readFileSync(file, 'utf8'));
  return url;
}

async function untilServed(stack: ChildProcess, directory: string): Promise<string> {
  for (;;) {
    const url = urlOf(directory);
    if (url !== undefined) return url;
    if (stack.exitCode !== null) throw new Error('The stack does not start');
    await sleep(100);
  }
}

/** Starts one in a folder, on a free port; what is left of it in the folder is its caller's. */
export async function startLocalStack(directory: string): Promise<RunningLocalStack> {
  const { AWS_ENDPOINT_URL_DYNAMODB: _engineOfAll, ...env } = process.env;
  const stack = spawn(process.execPath, ['bin/local.ts', '--port', '0', '--directory', directory], {
    env,
    stdio: 'ignore',
  });
  const url = await untilServed(stack, directory);
  return {
    directory,
    url,
    stop: async () => {
      const ended = new Promise((resolve) => stack.once('exit', resolve));
      stack.kill('SIGTERM');
      await ended;
    },
  };
}
