import { expiredTokenWarnings } from '../admin/expired-tokens.ts';
import { keepBundles } from '../build/kept-bundles.ts';
import { bundledFunctions, bundledHandler } from './bundled-functions.ts';
import { claimDataDirectory, emptyDataDirectory } from './data-directory.ts';
import { docsPage } from './docs-page.ts';
import { type ServedRequest, startHttpServer } from './http-server.ts';
import { followOpenSweeps } from './open-sweeps.ts';
import { prepareStart, type StartOptions } from './preparation.ts';
import { forgetRunningStack, recordRunningStack } from './running-stack.ts';
import { loadData } from './sample-data.ts';
import { startServices } from './services.ts';

export interface StackOptions extends StartOptions {
  /** Where the bundles go. */
  readonly outdir: string;
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

/**
 * Starts everything that the API needs on 127.0.0.1 and serves its bundles. From then on this process has the environment of
 * the functions. Rejects with one line that says what to do, and leaves nothing running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, outdir, memory, onProgress = () => undefined } = options;
  const prepared = await prepareStart(options);
  claimDataDirectory(prepared.directory);
  if (prepared.directory.isOfEarlierVersion)
    onProgress(`${directory} holds what an earlier version kept: it goes on with that.`);
  if (options.fresh && !memory) emptyDataDirectory(prepared.directory);
  onProgress('Building the functions, starting DynamoDB, mailbox and S3 …');
  const build = keepBundles({ outdir });
  build.catch(() => undefined);
  const services = await startServices({ directory: memory ? undefined : directory });
  try {
    await build;
    const loaded = await loadData(prepared.data);
    for (const line of loaded.lines) onProgress(line);
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
    if (prepared.isRecorded) recordRunningStack(directory, { pid: process.pid, url: server.url, environment });
    const stop = async () => {
      if (prepared.isRecorded) forgetRunningStack(directory);
      await server.stop();
      await services.stop();
    };
    return { url: server.url, mailboxUrl, environment, warnings, stop };
  } catch (failure) {
    await services.stop();
    throw failure;
  }
}
