import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server of `bench/subjects` in a process of its own, with the first line that it says. */
export async function startSubject(file: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = child.stdout ? await once(child.stdout, 'data') : [''];
  return { line: String(line).trim(), stop: () => child.kill() };
}
