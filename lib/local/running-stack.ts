import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { codeOf } from '../system-errors.ts';
import { STACK_FILE } from './own-entries.ts';

/** Whose folder it is: from the start of the start on. */
const claim = z.looseObject({ pid: z.number() });
const runningStack = z.object({
  pid: z.number(),
  url: z.string(),
  /** What its functions find in their environment. */
  environment: z.record(z.string(), z.string()),
  /** Started with --memory. */
  keepsNothing: z.optional(z.boolean()),
});

/** A local stack as it is written down while it runs. */
export type RunningStack = z.infer<typeof runningStack>;

/** How long another start may take between looking at the file and writing it. */
const SETTLED_MS = 50;
/** What this process has claimed. */
const held = new Set<string>();
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

function readAs<Schema extends z.ZodMiniType>(schema: Schema, directory: string): z.output<Schema> | undefined {
  try {
    return z.parse(schema, JSON.parse(readFileSync(fileIn(directory), 'utf8')));
  } catch {
    return undefined;
  }
}

const whileAlive = <Holder extends { readonly pid: number }>(holder: Holder | undefined): Holder | undefined =>
  holder !== undefined && isAlive(holder.pid) ? holder : undefined;

/** The stack that runs on this directory now; undefined where none does, or it ended without saying so. */
export const findRunningStack = (directory: string): RunningStack | undefined =>
  whileAlive(readAs(runningStack, directory));

/** Whether a stack runs on this directory, or is being started. */
export function isTaken(directory: string): boolean {
  const holder = whileAlive(readAs(claim, directory));
  // In a container each start may have the id that a dead one had.
  return holder !== undefined && (holder.pid !== process.pid || held.has(resolve(directory)));
}

/** Why no other stack starts on a directory that is taken. */
export function takenBy(directory: string): Error {
  const { pid } = readAs(claim, directory) ?? {};
  const stack = readAs(runningStack, directory);
  const which =
    stack === undefined
      ? `A local stack is being started already (by process ${pid}, says ${resolve(fileIn(directory))})`
      : `A local stack runs already, at ${stack.url}`;
  return new Error(`${which}: stop it first, or add --memory for one that keeps nothing`);
}

async function writeClaim(directory: string): Promise<boolean> {
  const own = `${JSON.stringify({ pid: process.pid })}\n`;
  try {
    writeFileSync(fileIn(directory), own, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  await sleep(SETTLED_MS);
  if (isTaken(directory)) return false;
  writeFileSync(fileIn(directory), own);
  await sleep(SETTLED_MS);
  return readAs(claim, directory)?.pid === process.pid;
}

/**
 * Takes the directory, which is there, for a stack of this process until that is forgotten; false where another one has it. Of several that replace what
 * a dead one has left, the last has it.
 */
export async function claimStack(directory: string): Promise<boolean> {
  const isOurs = await writeClaim(directory);
  if (isOurs) held.add(resolve(directory));
  return isOurs;
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

export function forgetRunningStack(directory: string): void {
  rmSync(fileIn(directory), { force: true });
  held.delete(resolve(directory));
}
