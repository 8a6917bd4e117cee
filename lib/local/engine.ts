import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A DynamoDB that listens on this machine. */
export interface Engine {
  readonly url: string;
  stop(): Promise<void>;
}

/** Where the environment names one, that one is used and nothing is started (DynamoDB Local, for example). */
const URL_VARIABLE = 'AWS_ENDPOINT_URL_DYNAMODB';
const START_TIMEOUT_MS = 10_000;

/** Ends the engine when its standard input closes: however the parent ends, the engine goes with it. */
const WATCHED = 'exec 3<&0; "$@" & engine=$!; { read -r _ <&3; kill $engine; } & wait $engine';

function enginePath(): string {
  try {
    const manifest = createRequire(join(process.cwd(), 'package.json')).resolve('@dynoxide/linux-x64/package.json');
    return join(dirname(manifest), 'dynoxide');
  } catch {
    throw new Error(
      `The embedded DynamoDB engine is not installed (it exists for linux-x64). Start DynamoDB Local instead and say where: ${URL_VARIABLE}=http://127.0.0.1:8000`,
    );
  }
}

/** Any answer at all means that the engine listens. */
async function waitForAnswer(url: string, engine: ChildProcess): Promise<void> {
  for (const deadlineMs = performance.now() + START_TIMEOUT_MS; performance.now() < deadlineMs; await sleep(10)) {
    if (engine.exitCode !== null) break;
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
  }
  engine.stdin?.end();
  throw new Error(`The embedded DynamoDB engine did not start at ${url}`);
}

/**
 * Starts the embedded DynamoDB on a free port and waits until it answers. Without `databaseFile` it keeps its data in memory. Rejects with
 * one line that says what to do where there is no engine for this platform.
 */
export async function startEngine(options: { databaseFile?: string | undefined } = {}): Promise<Engine> {
  const given = process.env[URL_VARIABLE];
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined };
  const path = enginePath();
  const port = await freePort();
  const database = options.databaseFile === undefined ? [] : ['--db-path', options.databaseFile];
  const engine = spawn('sh', ['-c', WATCHED, 'sh', path, 'serve', '--port', String(port), ...database], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await waitForAnswer(url, engine);
  return {
    url,
    stop: () => {
      engine.stdin.end();
      return ended;
    },
  };
}
