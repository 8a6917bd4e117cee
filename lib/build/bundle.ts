import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { BuildOptions as BuildOptionsOfEsbuild, Metafile } from 'esbuild';
import { endpoints } from '../endpoints.ts';
import { routeTableOf } from '../routes.ts';
import { builtinsByCall, type Entry, entryModules, lazyParts, partsBeside } from './plugins.ts';
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

const PARTS_FOLDER = 'functions/shared/domain/sign-in';

/** Where a lazy part is built; each bundle that may load it has it in its own folder. */
const partFile = (outdir: string, part: string): string => join(outdir, `${part}.mjs`);

/** The lazy parts that an output may come to load, itself or through another one. */
function partsOf({ outputs }: Metafile, outdir: string, name: string): ReadonlySet<string> {
  const importsOf = new Map(Object.entries(outputs).map(([path, { imports }]) => [resolve(path), imports]));
  const parts = new Set<string>();
  const follow = (file: string): void => {
    for (const { path } of importsOf.get(resolve(file)) ?? []) {
      const part = basename(path, '.mjs');
      if (!lazyParts.has(part) || parts.has(part)) continue;
      parts.add(part);
      follow(partFile(outdir, part));
    }
  };
  follow(bundleFile(outdir, name));
  return parts;
}

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

/** What is built: the bundles of these names, and what may have to stand beside them. */
function entryPointsOf(names: readonly string[]): Record<string, string> {
  const bundles = names.map((name): [string, string] => [`${name}/index`, `entry:${name}`]);
  const parts = [...lazyParts].map(([part, source]): [string, string] => [part, `${PARTS_FOLDER}/${source}`]);
  return Object.fromEntries([...bundles, ...parts]);
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
    plugins: [entryModules(entries), partsBeside, builtinsByCall],
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
  const { metafile, texts } = await buildAll(entries, entryPointsOf(names), options);
  for (const name of names) {
    const file = resolve(bundleFile(outdir, name));
    const bundle = texts.get(file) ?? '';
    write(file, bundle.replaceAll(ID_PLACE, bundleIdOf(bundle)));
    for (const part of partsOf(metafile, outdir, name))
      write(join(dirname(file), `${part}.mjs`), texts.get(resolve(partFile(outdir, part))) ?? '');
    if (!maps) continue;
    const map = keptMapOf(bundle, texts.get(`${file}.map`) ?? '', dirname(file));
    write(mapFile(mapsOf(outdir), name), JSON.stringify(map));
  }
  return metafile;
}
