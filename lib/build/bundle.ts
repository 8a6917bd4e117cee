import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BuildOptions as BuildOptionsOfEsbuild, Metafile } from 'esbuild';
import { endpoints } from '../endpoints.ts';
import { routeTableOf } from '../routes.ts';
import { ARGON2ID_FALLBACK, builtinsByCall, type Entry, entryModules, fallbackBeside } from './plugins.ts';
import { bundleIdOf, ID_PLACE, keptMapOf, mapFile } from './source-map.ts';

export interface BuildOptions {
  /** Every bundle is `<outdir>/<name>/index.mjs`. */
  readonly outdir: string;
  /** For the paths that the fallback function knows; absent: the setting's. */
  readonly contextPath?: string | undefined;
  /** Only this bundle. */
  readonly only?: string;
  /** Whether source maps are made, too, which takes as long again; absent: they are. `admin trace` makes one that is missing. */
  readonly maps?: boolean;
}

/** Name and entry of every bundle: one for each endpoint, the fallback, the worker of tenant changes, the hourly look. */
function entriesOf(): ReadonlyMap<string, Entry> {
  const ofEndpoints = endpoints.map(({ name, contract }): [string, Entry] => [
    name,
    {
      source: `functions/${name}.ts`,
      primes: contract.authorisation === 'accessToken',
      hashes: contract.hashesPasswords === true,
    },
  ]);
  const others = ['fallback', 'sweep-tenants', 'watch'].map((name): [string, Entry] => [
    name,
    { source: `functions/${name}.ts`, primes: false, hashes: false },
  ]);
  return new Map([...ofEndpoints, ...others]);
}

/** The paths that the fallback function knows. */
export const routesOf = (contextPath?: string) =>
  routeTableOf(
    endpoints.map(({ contract }) => contract),
    contextPath,
  );

/** The name of every bundle. */
export const bundleNames = (): readonly string[] => [...entriesOf().keys()];

/** Where the bundle of this name is. */
export const bundleFile = (outdir: string, name: string): string => join(outdir, name, 'index.mjs');

const FALLBACK_SOURCE = `functions/shared/domain/sign-in/${ARGON2ID_FALLBACK}.ts`;

/** What a bundle that hashes passwords loads where its runtime cannot, from the same folder. */
const fallbackFile = (bundle: string): string => join(dirname(bundle), `${ARGON2ID_FALLBACK}.mjs`);

/** Where the source maps of the bundles in `outdir` are. */
export const mapsOf = (outdir: string): string => join(outdir, 'maps');

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

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

/** What is built: the bundles of these names, and what stands beside those of them that hash passwords. */
function entryPointsOf(names: readonly string[], hashing: readonly string[]): Record<string, string> {
  const bundles = names.map((name): [string, string] => [`${name}/index`, `entry:${name}`]);
  const beside = hashing.length > 0 ? { [ARGON2ID_FALLBACK]: FALLBACK_SOURCE } : {};
  return { ...Object.fromEntries(bundles), ...beside };
}

/** Loads esbuild for a build alone: most starts need none. */
async function buildAll(
  entries: ReadonlyMap<string, Entry>,
  entryPoints: Record<string, string>,
  options: BuildOptions,
) {
  const { outdir, contextPath, maps = true } = options;
  const { build, stop } = await import('esbuild');
  const { metafile, outputFiles } = await build({
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    ...bundleFlags,
    alias: { '@aws-sdk/credential-provider-node': join(process.cwd(), 'lib/build/environment-credentials.ts') },
    define: {
      ROUTE_TABLE: JSON.stringify(routesOf(contextPath)),
      BUNDLE_ID: JSON.stringify(ID_PLACE),
    },
    plugins: [entryModules(entries), fallbackBeside, builtinsByCall],
    metafile: true,
    sourcemap: maps && 'external',
    sourcesContent: false,
    write: false,
  });
  // The service would stay, with a gigabyte, for as long as this process.
  await stop();
  return { metafile, texts: new Map(outputFiles.map(({ path, text }) => [path, text])) };
}

/**
 * Bundles every function in one call, from the project's root, and writes their source maps beside them, where no deployment takes them along;
 * answers what went into each bundle.
 */
export async function buildBundles(options: BuildOptions): Promise<Metafile> {
  const { outdir, only, maps = true } = options;
  const entries = entriesOf();
  const names = [...entries.keys()].filter((name) => only === undefined || name === only);
  const hashing = names.filter((name) => entries.get(name)?.hashes);
  const { metafile, texts } = await buildAll(entries, entryPointsOf(names, hashing), options);
  const fallback = texts.get(resolve(outdir, `${ARGON2ID_FALLBACK}.mjs`)) ?? '';
  for (const name of hashing) write(fallbackFile(bundleFile(outdir, name)), fallback);
  for (const name of names) {
    const file = resolve(bundleFile(outdir, name));
    const bundle = texts.get(file) ?? '';
    write(file, bundle.replaceAll(ID_PLACE, bundleIdOf(bundle)));
    if (!maps) continue;
    const map = keptMapOf(bundle, texts.get(`${file}.map`) ?? '', dirname(file));
    write(mapFile(mapsOf(outdir), name), JSON.stringify(map));
  }
  return metafile;
}
