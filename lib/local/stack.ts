import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from '../build/bundle.ts';
import { bundledFunctions, bundledHandler, bundledSweep } from './bundled-functions.ts';
import { docsPage } from './docs-page.ts';
import { startEngine } from './engine.ts';
import { localEnvironment, localTableNames } from './environment.ts';
import { freePort } from './free-port.ts';
import { type ServedRequest, startHttpServer } from './http-server.ts';
import { startLocalMailbox } from './mailbox.ts';
import { findRunningStack, forgetRunningStack, recordRunningStack } from './running-stack.ts';
import { startS3 } from './s3.ts';
import { loadData } from './sample-data.ts';
import { createTables } from './tables.ts';
import { followTenantChanges } from './tenant-changes.ts';

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
  stop(): Promise<void>;
}

interface Part {
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
 * Starts everything that the API needs on 127.0.0.1 and serves its bundles (design, section 10). From then on this process has the environment of
 * the functions. Rejects with one line that says what to do, and leaves nothing running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, outdir, memory, onProgress = () => undefined } = options;
  await requireFree(options.port);
  const records = requireAlone(options);
  const parts: Part[] = [];
  const stop = async () => {
    if (records) forgetRunningStack(directory);
    for (const part of parts.reverse()) await part.stop();
  };
  async function started<P extends Part>(starting: Promise<P>): Promise<P> {
    const part = await starting;
    parts.push(part);
    return part;
  }
  try {
    const databaseFile = memory ? undefined : join(directory, 'dynamodb.sqlite');
    const objects = memory ? undefined : join(directory, 's3');
    if (options.fresh && !memory) rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    onProgress('Building the functions, starting DynamoDB, mailbox and S3 …');
    const [engine, mailbox, s3] = await Promise.all([
      started(startEngine({ databaseFile })),
      started(startLocalMailbox()),
      started(startS3(objects)),
      buildBundles({ outdir }),
    ]);
    const environment = localEnvironment({ dynamodb: engine.url, ses: mailbox.url, s3: s3.url });
    delete process.env.AWS_SESSION_TOKEN;
    Object.assign(process.env, environment);
    await createTables(engine.url, localTableNames);
    for (const line of await loadData(options.dataFile)) onProgress(line);
    const changes = followTenantChanges(bundledSweep(outdir));
    const server = await started(
      startHttpServer({
        functions: bundledFunctions(outdir),
        fallback: bundledHandler(outdir, 'fallback'),
        port: options.port,
        page: docsPage,
        onServed: (request) => {
          options.onServed?.(request);
          changes.after(request);
        },
      }),
    );
    if (records) recordRunningStack(directory, { pid: process.pid, url: server.url, environment });
    return { url: server.url, mailboxUrl: mailbox.url, environment, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
