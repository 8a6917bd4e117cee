import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { buildBundles, bundleNames, mapsOf } from '../build/bundle.ts';
import { type KeptMap, keptMap, mapFile } from '../build/source-map.ts';

/** A bundle as the log names it; without an id it may be of any build. */
export interface BundleReference {
  readonly name: string;
  readonly id: string | undefined;
}

export interface MapOptions {
  /** Directories of source maps, by preference. */
  readonly directories: readonly string[];
  /** Whether what none of them has is built from this checkout. */
  readonly rebuilds: boolean;
}

function read(file: string): KeptMap | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return z.parse(keptMap, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Error(`${file} is no source map of a bundle`);
  }
}

async function rebuilt(name: string): Promise<KeptMap | undefined> {
  const outdir = mkdtempSync(join(tmpdir(), 'trace-'));
  try {
    await buildBundles({ outdir, only: name });
    return read(mapFile(mapsOf(outdir), name));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The source map of exactly this bundle; rejects with one line that says what to do where there is none. */
export async function findMap({ name, id }: BundleReference, { directories, rebuilds }: MapOptions): Promise<KeptMap> {
  if (!bundleNames().includes(name)) throw new Error(`There is no function "${name}"`);
  const fits = (map: KeptMap | undefined): map is KeptMap =>
    map !== undefined && (id === undefined || map.bundle === id);
  for (const directory of directories) {
    const map = read(mapFile(directory, name));
    if (fits(map)) return map;
  }
  const places = directories.join(' or ');
  if (!rebuilds) throw new Error(`No source map of ${name}${id === undefined ? '' : `, build ${id},`} is in ${places}`);
  const map = await rebuilt(name);
  if (fits(map)) return map;
  throw new Error(
    `The log is of another build of ${name} (${id}) than ${places} and this checkout: check out what was deployed, or name the kept source maps with --maps DIR`,
  );
}
