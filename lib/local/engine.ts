import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { enginePath } from './engine-program.ts';
import { freePort } from './free-port.ts';
import { givenEngine } from './given-engine.ts';

/** A DynamoDB that listens on this machine. */
export interface Engine {
  readonly url: string;
  /** Fulfilled where it ends without being told to, with its last words. */
  readonly crashed: Promise<string>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 10_000;
/** How much of what the engine says last is kept. */
const WORDS_KEPT = 2_000;

/** Ends the engine when its standard input closes: however the parent ends, the engine goes with it. Node's own, so that no shell is needed. */
const WATCHDOG = `
const { spawn } = require('node:child_process');
const { writeSync } = require('node:fs');
let told = false;
const [program, ...parameters] = process.argv.slice(1);
const engine = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true });
engine.on('error', ({ message }) => { console.error(message); process.exit(1); });
engine.on('exit', (code, signal) => {
  if (signal && !told) writeSync(2, 'it was ended by ' + signal);
  process.exit(code ?? 1);
});
process.stdin.on('end', () => { told = true; engine.kill(); }).resume();
`;

type Watched = ChildProcessByStdio<Writable, null, Readable>;

interface Run {
  readonly watched: Watched;
  /** The last that it said. */
  words(): string;
  forgetWords(): void;
}

/** Runs the engine under its watchdog. */
function runEngine(program: string, parameters: readonly string[]): Run {
  const watched = spawn(process.execPath, ['-e', WATCHDOG, program, ...parameters], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    windowsHide: true,
  });
  let said = '';
  watched.stderr.setEncoding('utf8').on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-WORDS_KEPT);
  });
  const forgetWords = () => {
    said = '';
  };
  return { watched, words: () => said.trim(), forgetWords };
}

/** Any answer at all means that the engine listens. False where it has ended, or says nothing in time. */
async function answers(url: string, watched: Watched): Promise<boolean> {
  for (const deadlineMs = performance.now() + START_TIMEOUT_MS; performance.now() < deadlineMs; await sleep(10)) {
    if (watched.exitCode !== null) return false;
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

/**
 * Starts the embedded DynamoDB on a free port and waits until it answers. Without `databaseFile` it keeps its data in memory. Rejects with
 * what to do where there is no engine for this platform, and with the engine's own words where it does not run.
 */
export async function startEngine(options: { databaseFile?: string | undefined } = {}): Promise<Engine> {
  const given = givenEngine();
  if (given !== undefined) return { url: given, crashed: new Promise(() => undefined), stop: async () => undefined };
  const program = enginePath();
  const port = await freePort();
  const database = options.databaseFile === undefined ? [] : ['--db-path', options.databaseFile];
  const { watched, words, forgetWords } = runEngine(program, ['serve', '--port', String(port), ...database]);
  const ended = new Promise<void>((resolve) => watched.once('close', () => resolve()));
  let told = false;
  const stop = () => {
    told = true;
    watched.stdin.end();
    return ended;
  };
  const crashed = new Promise<string>((resolve) => {
    ended.then(() => {
      if (!told) resolve(words());
    });
  });
  const url = `http://127.0.0.1:${port}`;
  if (await answers(url, watched)) {
    forgetWords();
    return { url, crashed, stop };
  }
  await stop();
  throw new Error(
    `The DynamoDB engine ${program} does not run: ${words() || `it said nothing, and does not answer at ${url}`}`,
  );
}
