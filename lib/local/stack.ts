import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Progress, silent } from '../progress.ts';
import { keepTrail } from './audit-file.ts';
import { claimDataDirectory, emptyDataDirectory } from './data-directory.ts';
import type { ServedRequest } from './http-server.ts';
import { databaseNames } from './own-entries.ts';
import { type Preparation, prepareStart, type StartOptions } from './preparation.ts';
import { claimStack, forgetRunningStack, recordRunningStack, takenBy } from './running-stack.ts';
import type { ServedStack } from './served-stack.ts';
import { startServices } from './services.ts';
import { describeStart, troubleTeller } from './trouble.ts';

export interface StackOptions extends StartOptions {
  /** Where the bundles go. */
  readonly outdir: string;
  readonly progress?: Progress;
  readonly onServed?: (request: ServedRequest) => void;
  /** Hears what stands behind failures, a line each. */
  readonly onTrouble?: (line: string) => void;
  /** Ends the start between two of its steps. */
  readonly signal?: AbortSignal;
}

export interface Stack extends Pick<ServedStack, 'warnings' | 'triable'> {
  readonly url: string;
  readonly mailboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Fulfilled where the engine ends without being told to, with its last words: nothing works from then on. */
  readonly crashed: Promise<string>;
  stop(): Promise<void>;
}

async function build({ outdir, signal }: StackOptions, progress: Progress): Promise<void> {
  await progress.step('functions', async (tell) => {
    const { keepBundles } = await import('../build/kept-bundles.ts');
    signal?.throwIfAborted();
    tell((await keepBundles({ outdir, maps: false })) ? 'built' : 'as built before');
  });
}

/** Services, bundles and what serves them, side by side. */
async function startBeside(options: StackOptions, progress: Progress, onFailure: (line: string) => void) {
  const { directory, memory } = options;
  const starting = startServices({ directory: memory ? undefined : directory, progress, onFailure });
  const loading = progress.step('program', () => import('./served-stack.ts'));
  const building = build(options, progress);
  try {
    const [services, serving] = await Promise.all([starting, loading, building]);
    return { services, serving };
  } catch (failure) {
    await Promise.allSettled([loading, building, starting.then(({ stop }) => stop())]);
    throw failure;
  }
}

/** Data that were loaded in part would be gone on with by the next start: those of this one go, and none that were there before. */
function forgetNewData({ directory, memory }: StackOptions, { startsEmpty }: Preparation): void {
  if (startsEmpty && !memory) for (const name of databaseNames) rmSync(join(directory, name), { force: true });
}

async function start(options: StackOptions, prepared: Preparation): Promise<Stack> {
  const { directory, outdir, port, progress = silent, signal, memory = false } = options;
  const trouble = troubleTeller(directory, options.onTrouble);
  const endTrail = keepTrail(memory ? undefined : directory, trouble.tell);
  const { services, serving } = await startBeside(options, progress, trouble.tell);
  let isLoaded = false;
  try {
    signal?.throwIfAborted();
    await serving.loadFirstData(prepared, progress, signal);
    isLoaded = true;
    signal?.throwIfAborted();
    const onServed = (request: ServedRequest) => {
      options.onServed?.(request);
      trouble.after(request);
    };
    const { server, warnings, triable } = await serving.serve({ outdir, port, directory, onServed });
    const { environment, mailboxUrl, crashed } = services;
    if (prepared.isRecorded)
      recordRunningStack(directory, { pid: process.pid, url: server.url, environment, keepsNothing: memory });
    const stop = async () => {
      if (prepared.isRecorded) forgetRunningStack(directory);
      await server.stop();
      await services.stop();
      endTrail();
    };
    return { url: server.url, mailboxUrl, environment, crashed, warnings, triable, stop };
  } catch (failure) {
    await services.stop();
    endTrail();
    if (!isLoaded) forgetNewData(options, prepared);
    throw failure;
  }
}

/**
 * Starts everything that the API needs on 127.0.0.1 and serves its bundles. From then on this process has the environment of
 * the functions. Rejects with one line that says what to do, and leaves nothing running.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { directory, memory, progress = silent } = options;
  const rethrown = (failure: unknown): never => {
    throw describeStart(failure, directory);
  };
  const prepared = await progress.step('checks', () => prepareStart(options));
  claimDataDirectory(prepared.directory);
  const isRecorded = prepared.isRecorded && (await claimStack(directory).catch(rethrown));
  if (!isRecorded && !memory) throw takenBy(directory);
  if (prepared.directory.isOfEarlierVersion)
    progress.line(`${directory} holds what an earlier version kept: it goes on with that.`);
  try {
    if (options.fresh && !memory) emptyDataDirectory(prepared.directory);
    return await start(options, { ...prepared, isRecorded });
  } catch (failure) {
    if (isRecorded) forgetRunningStack(directory);
    return rethrown(failure);
  }
}
