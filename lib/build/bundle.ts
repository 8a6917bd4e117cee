import { join } from 'node:path';
import { type BuildOptions as BuildOptionsOfEsbuild, build, type Metafile } from 'esbuild';
import { endpoints } from '../endpoints.ts';
import { routeTableOf } from '../routes.ts';
import { builtinsByCall, type Entry, entryModules } from './plugins.ts';

export interface BuildOptions {
  /** Every bundle is `<outdir>/<name>/index.mjs`. */
  readonly outdir: string;
  /** For the paths that the fallback function knows; absent: the setting's. */
  readonly contextPath?: string | undefined;
  /** Only this bundle. */
  readonly only?: string;
}

/** Name and entry of every bundle: one for each endpoint, the fallback, the worker of tenant changes. */
function entriesOf(): ReadonlyMap<string, Entry> {
  const ofEndpoints = endpoints.map(({ name, contract }): [string, Entry] => [
    name,
    { source: `functions/${name}.ts`, primes: contract.authorisation === 'accessToken' },
  ]);
  const others = ['fallback', 'sweep-tenants'].map((name): [string, Entry] => [
    name,
    { source: `functions/${name}.ts`, primes: false },
  ]);
  return new Map([...ofEndpoints, ...others]);
}

/** The name of every bundle. */
export const bundleNames = (): readonly string[] => [...entriesOf().keys()];

/** Where the bundle of this name is. */
export const bundleFile = (outdir: string, name: string): string => join(outdir, name, 'index.mjs');

/** What every bundle is made with, the one that they are measured against, too. */
export const bundleFlags = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
} satisfies BuildOptionsOfEsbuild;

/** Bundles every function in one call, from the project's root; answers what went into each. */
export async function buildBundles({ outdir, contextPath, only }: BuildOptions): Promise<Metafile> {
  const entries = entriesOf();
  const names = [...entries.keys()].filter((name) => only === undefined || name === only);
  const contracts = endpoints.map(({ contract }) => contract);
  const { metafile } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `entry:${name}`])),
    outdir,
    outExtension: { '.js': '.mjs' },
    ...bundleFlags,
    alias: { '@aws-sdk/credential-provider-node': join(process.cwd(), 'lib/build/environment-credentials.ts') },
    define: { ROUTE_TABLE: JSON.stringify(routeTableOf(contracts, contextPath)) },
    plugins: [entryModules(entries), builtinsByCall],
    metafile: true,
  });
  return metafile;
}
