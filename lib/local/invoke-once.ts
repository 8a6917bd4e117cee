import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { buildBundles, bundleFile } from '../build/bundle.ts';
import { keepTrail } from './audit-file.ts';
import { claimDataDirectory, inspectDataDirectory } from './data-directory.ts';
import { lambdaContext } from './lambda-context.ts';
import { INVOKED } from './own-entries.ts';
import { findRunningStack, requireRunningStack } from './running-stack.ts';
import { loadData } from './sample-data.ts';
import { startServices } from './services.ts';

interface Invocation {
  /** The function's name, for example `profile/reset-password`. */
  readonly name: string;
  readonly event: object;
  /** Where a running stack is written down, and where the bundle goes: apart from those that are served or deployed. */
  readonly directory: string;
  /** Where the stack is written down that is meant; undefined: in `directory`, and where none runs a throw-away one. */
  readonly stackDirectory?: string | undefined;
}

/** Gives this process the environment of the running stack, or of a throw-away one with the sample data. */
async function useServices({ directory, stackDirectory }: Invocation): Promise<() => Promise<void>> {
  const running = stackDirectory === undefined ? findRunningStack(directory) : requireRunningStack(stackDirectory);
  if (running !== undefined) {
    Object.assign(process.env, running.environment);
    keepTrail(running.keepsNothing ? undefined : (stackDirectory ?? directory), console.error);
    return async () => undefined;
  }
  keepTrail(undefined, console.error);
  const services = await startServices({ directory: undefined });
  await loadData();
  return services.stop;
}

/** Calls one function, as it is bundled for Lambda, with one event; what the function throws is thrown on. */
export async function invokeOnce(invocation: Invocation): Promise<unknown> {
  const { name, event, directory } = invocation;
  claimDataDirectory(inspectDataDirectory(directory, { fresh: false }));
  const outdir = join(directory, INVOKED);
  const build = buildBundles({ outdir, only: name, maps: false });
  build.catch(() => undefined);
  const release = await useServices(invocation);
  try {
    await build;
    const module: { handler: (event: object, context: Context) => Promise<unknown> } = await import(
      pathToFileURL(resolve(bundleFile(outdir, name))).href
    );
    return await module.handler(event, lambdaContext(name, randomUUID()));
  } finally {
    await release();
  }
}
