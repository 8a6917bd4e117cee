import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type BuildOptions, buildBundles, bundleFile, bundleNames, routesOf } from './bundle.ts';

/** What bundles were made of: stands beside them from when they are whole. */
const keptBundles = z.object({
  /** Everything besides the sources: how they are bundled, and which versions of packages. */
  means: z.string(),
  /** The hash of each file that went into one of them, by its path from the project's root. */
  sources: z.array(z.tuple([z.string(), z.string()])),
});
type KeptBundles = z.output<typeof keptBundles>;

type KeptOptions = Omit<BuildOptions, 'only'>;

const recordFile = (outdir: string) => join(outdir, 'bundles.json');
const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('base64');

/** Undefined for a file that is gone. */
function fileHash(path: string): string | undefined {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Empty, as no file's is, for one that was written while it was read perhaps. */
const unchangedHash = (path: string, sinceMs: number): string =>
  statSync(path).mtimeMs < sinceMs ? (fileHash(path) ?? '') : '';

function meansOf({ contextPath, maps }: KeptOptions): string {
  const steps = readdirSync(import.meta.dirname).map((name) => join(import.meta.dirname, name));
  const files = [...steps, 'package-lock.json'].map(fileHash);
  return hashOf(JSON.stringify([bundleNames(), routesOf(contextPath), maps, files]));
}

function readRecord(outdir: string): KeptBundles | undefined {
  try {
    return z.parse(keptBundles, JSON.parse(readFileSync(recordFile(outdir), 'utf8')));
  } catch {
    return undefined;
  }
}

function areCurrent(outdir: string, means: string): boolean {
  const kept = readRecord(outdir);
  if (kept?.means !== means) return false;
  if (!bundleNames().every((name) => existsSync(bundleFile(outdir, name)))) return false;
  return kept.sources.every(([path, hash]) => fileHash(path) === hash);
}

/**
 * Has every bundle in `outdir` as `buildBundles` makes it, from the project's root; builds only where something that goes into them is another one than
 * for those that are there. True where it was.
 */
export async function keepBundles(options: KeptOptions): Promise<boolean> {
  const { outdir } = options;
  const means = meansOf(options);
  if (areCurrent(outdir, means)) return false;
  rmSync(recordFile(outdir), { force: true });
  const startedMs = Date.now();
  const { inputs } = await buildBundles(options);
  // What plugins make, and no file, is part of the means.
  const paths = Object.keys(inputs).filter((path) => existsSync(path));
  const sources = paths.map((path): [string, string] => [path, unchangedHash(path, startedMs)]);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(recordFile(outdir), JSON.stringify({ means, sources } satisfies KeptBundles));
  return true;
}
