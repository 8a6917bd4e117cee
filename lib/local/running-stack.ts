import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { codeOf } from '../system-errors.ts';
import { STACK_FILE } from './own-entries.ts';

const runningStack = z.object({
  pid: z.number(),
  url: z.string(),
  /** What its functions find in their environment. */
  environment: z.record(z.string(), z.string()),
});

/** A local stack as it is written down while it runs. */
export type RunningStack = z.infer<typeof runningStack>;

const fileIn = (directory: string) => join(directory, STACK_FILE);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

/** The stack that runs on this directory now; undefined where none does, or it ended without saying so. */
export function findRunningStack(directory: string): RunningStack | undefined {
  const file = fileIn(directory);
  if (!existsSync(file)) return undefined;
  try {
    const stack = z.parse(runningStack, JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(stack.pid) ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** The same; throws an Error that says what to do where none runs. */
export function requireRunningStack(directory: string): RunningStack {
  const stack = findRunningStack(directory);
  if (stack !== undefined) return stack;
  throw new Error(
    `No local stack is running on ${resolve(directory)}: start one with "npm start", or name the folder of the one that runs with --directory DIR`,
  );
}

export function recordRunningStack(directory: string, stack: RunningStack): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(fileIn(directory), `${JSON.stringify(stack, null, 2)}\n`);
}

export const forgetRunningStack = (directory: string): void => rmSync(fileIn(directory), { force: true });
