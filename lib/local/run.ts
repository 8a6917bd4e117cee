import { flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { tellFailure, versionLine } from '../command-line.ts';
import { progressOn } from '../progress.ts';
import { codeOf, messageOf } from '../system-errors.ts';
import type { ServedRequest } from './http-server.ts';
import { SERVED } from './own-entries.ts';
import type { Stack } from './stack.ts';
import { stackArguments } from './stack-arguments.ts';
import { help, readStartOptions } from './start-options.ts';

/** Ended by Ctrl-C before it was ready, as shells know it. */
const INTERRUPTED = 130;

const inOneLine = (text: string) => text.replace(/\s+/g, ' ');

function tellServed({ method, routeKey, statusCode, durationMs }: ServedRequest): void {
  const route = routeKey.startsWith(`${method} `) ? routeKey : `${method} ${routeKey}`;
  console.log(`${route} ${statusCode} ${durationMs.toFixed(0)} ms`);
}

async function tellReady(stack: Stack, where: string): Promise<void> {
  const { apiBase } = await import('../routes.ts');
  const { linesToPaste, triedRequests } = await import('./tried-requests.ts');
  const tried = { api: `${stack.url}${apiBase()}`, mailbox: stack.mailboxUrl, triable: stack.triable, where };
  // Since the process is there: reading the sources is part of the start.
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`
Ready in ${seconds} s. Ctrl-C stops everything.

  API       ${tried.api}
  try it    ${stack.url}/docs
  mailbox   ${tried.mailbox}

Lines to paste into another terminal:

${linesToPaste(tried)}

${triedRequests(tried)}
`);
  if (stack.warnings.length > 0) console.error(`${stack.warnings.join('\n')}\n`);
}

/** Ends the process in the order of the day: at the first signal all is stopped, at a second one nothing is waited for. */
function endings(starting: Promise<Stack>, whereData: string, abort: () => void) {
  let ending = false;
  let isReady = false;
  const stopAll = async () => {
    const stack = await starting.catch(() => undefined);
    await stack?.stop();
  };
  const end = async () => {
    if (ending) process.exit(INTERRUPTED);
    ending = true;
    if (!isReady) {
      console.log('\nStopping what was started …');
      abort();
    }
    await stopAll();
    console.log(`\nAll has stopped: API, DynamoDB, mailbox and S3. ${whereData}`);
    process.exit(isReady ? 0 : INTERRUPTED);
  };
  const crash = async (words: string) => {
    if (ending) return;
    ending = true;
    console.error(
      `DynamoDB ended by itself (${inOneLine(words) || 'it said nothing'}), so that all has stopped: start again. ${whereData}`,
    );
    await stopAll();
    process.exit(1);
  };
  return {
    end,
    crash,
    isEnding: () => ending,
    ready: () => {
      isReady = true;
    },
  };
}

/** What no request waits for must not end the others'. Nobody reads any more where the output is closed. */
function outlive(failure: unknown, end: () => void): void {
  if (codeOf(failure) === 'EPIPE') end();
  else
    console.error(`Something failed outside of any request, and the stack goes on: ${inOneLine(messageOf(failure))}`);
}

async function run(): Promise<void> {
  const { help: wantsHelp, version, variables, ...options } = readStartOptions();
  if (wantsHelp) return console.log(help);
  if (version) return console.log(versionLine);
  Object.assign(process.env, variables);
  process.chdir(join(import.meta.dirname, '../..'));
  const abortion = new AbortController();
  const starting = import('./stack.ts').then(({ startStack }) =>
    startStack({
      ...options,
      // Apart from what is deployed, so that neither build is in the other's way.
      outdir: join(options.directory, SERVED),
      progress: progressOn(process.stdout),
      signal: abortion.signal,
      onServed: tellServed,
      onTrouble: console.error,
    }),
  );
  const whereData = options.memory ? 'Nothing was kept.' : `The data are in ${resolve(options.directory)}.`;
  const { end, crash, isEnding, ready } = endings(starting, whereData, () => abortion.abort());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const stack = await starting.catch((failure: unknown) => {
    if (isEnding()) return undefined;
    throw failure;
  });
  if (stack === undefined || isEnding()) return;
  ready();
  stack.crashed.then(crash);
  process.on('uncaughtException', (failure) => outlive(failure, end));
  await tellReady(stack, stackArguments(options.directory));
  flushCompileCache();
}

/** What `npm start` does. Ends the process where it cannot start. */
export async function runLocalStack(): Promise<void> {
  await run().catch((failure: unknown) => process.exit(tellFailure(failure)));
}
