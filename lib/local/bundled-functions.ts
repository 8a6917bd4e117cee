import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LambdaHandler } from '../../functions/shared/http/as-invocation.ts';
import { bundleFile } from '../build/bundle.ts';
import { endpoints } from '../endpoints.ts';
import type { LocalFunction } from './http-server.ts';

/** The handler of a bundle, which is loaded at its first call, like a sandbox that starts cold. */
export function bundledHandler(outdir: string, name: string): LambdaHandler {
  const url = pathToFileURL(resolve(bundleFile(outdir, name))).href;
  return async (event, context) => {
    const { handler }: { handler: LambdaHandler } = await import(url);
    return handler(event, context);
  };
}

/** Every endpoint, as its bundle. */
export const bundledFunctions = (outdir: string): readonly LocalFunction[] =>
  endpoints.map(({ name, contract }) => ({ name, contract, handler: bundledHandler(outdir, name) }));
