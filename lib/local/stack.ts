import { rmSync } from 'node:fs';
import { expiredTokenWarnings } from '../admin/expired-tokens.ts';
import { keepBundles } from '../build/kept-bundles.ts';
import { bundledFunctions, bundledHandler } from './bundled-functions.ts';
import { docsPage } from './docs-page.ts';
import { freePort } from './free-port.ts';
import { type ServedRequest, startHttpServer } from './http-server.ts';
import { followOpenSweeps } from './open-sweeps.ts';
import { findRunningStack, forgetRunningStack, recordRunningStack } from './running-stack.ts';
import { loadData } from './sample-data.ts';
import { startServices } from './services.ts';

export interface StackOptions {
  /** 0: a free one. */
  readonly port: number;
  /** Where data is kept, and where the running stack is written down. */
  readonly directory: string;
  /** Where the bundles go. */
  readonly outdir: string;
  /** Nothing is kept. */
  readonly memory?: boolean;
  /** What was kept goes first. */
  readonly fresh?: boolean;
  /** Exported collections instead of the sample data. */
  readonly dataFile?: string | undefined;
  /** Tells what is being done, a line at a time. */
  readonly onProgress?: (line: string) => void;
  readonly onServed?: (request: ServedRequest) => void;
}

export interface Stack {
  readonly url: string;
  readonly mailboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What whoever uses it should know before. */
  readonly warnings: readonly string[];
  stop(): Promise<void>;
}

async function requireFree(port: number): Promise<void> {
  if (port !== 0 && (await freePort(port)) === undefined)
    throw new Error(`Port ${port} is taken: stop what listens there, or choose another one with --port N`);
}

/** A data directory has one stack at a time; one that keeps nothing may run beside it, unrecorded. */
function requireAlone(options: StackOptions): boolean {
  const running = findRunningStack(options.directory);
  if (running === undefined) return true;
  if (options.memory) return false;
  throw new Error(
    `A local stack runs already, at ${running.url}: stop it first, or add --memory for one that keeps nothing`,
  );
}

/**
 * Starts everything that the API needs on 127.0.0.1 and serves its bundles. From then on this process has the environment of
 * the functions. Rejects with one line that says what to do, and leaves nothing running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, outdir, memory, onProgress = () => undefined } = options;
  await requireFree(options.port);
  const records = requireAlone(options);
  if (options.fresh && process.env.AWS_ENDPOINT_URL_DYNAMODB)
    throw new Error('--fresh empties the embedded DynamoDB only, and AWS_ENDPOINT_URL_DYNAMODB names another one');
  if (options.fresh && !memory) rmSync(directory, { recursive: true, force: true });
  onProgress('Building the functions, starting DynamoDB, mailbox and S3 …');
  const build = keepBundles({ outdir });
  build.catch(() => undefined);
  const services = await startServices({ directory: memory ? undefined : directory });
  try {
    await build;
    for (const line of await loadData(options.dataFile)) onProgress(line);
    const warnings = await expiredTokenWarnings('--local', Date.now());
    const sweeps = followOpenSweeps();
    const server = await startHttpServer({
      functions: bundledFunctions(outdir),
      fallback: bundledHandler(outdir, 'fallback'),
      port: options.port,
      page: docsPage,
      onServed: (request) => {
        options.onServed?.(request);
        sweeps.after(request);
      },
    });
    const { environment, mailboxUrl } = services;
    if (records) recordRunningStack(directory, { pid: process.pid, url: server.url, environment });
    const stop = async () => {
      if (records) forgetRunningStack(directory);
      await server.stop();
      await services.stop();
    };
    return { url: server.url, mailboxUrl, environment, warnings, stop };
  } catch (failure) {
    await services.stop();
    throw failure;
  }
}
