import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod/mini';

/** Stands in a bundle for its id until that is known; as long as one, so that no column moves. */
export const ID_PLACE = '~bundle~id~~';

const made = z.object({
  version: z.literal(3),
  sources: z.array(z.string()),
  names: z.array(z.string()),
  mappings: z.string(),
});

/** A bundle's source map as it is kept. */
export const keptMap = z.extend(made, {
  /** The bundle that it belongs to, which logs the same id. */
  bundle: z.string(),
  /** How long each line of the bundle is. */
  lineLengths: z.array(z.number()),
  /** The text of our own sources; null for those of packages. */
  sourcesContent: z.array(z.nullable(z.string())),
});
export type KeptMap = z.output<typeof keptMap>;

/** Where the source map of the bundle of this name is kept. */
export const mapFile = (maps: string, name: string): string => join(maps, `${name}.map`);

/** From the project's root; of a package, from `node_modules` on; what is no file keeps its name. */
function sourcePath(source: string, directory: string): string {
  if (/^[\w<]+:/.test(source)) return source;
  const path = relative(process.cwd(), resolve(directory, source));
  return path.replace(/^.*?(?=node_modules\/)/, '');
}

const isOurs = (path: string) => /^(functions|lib)\//.test(path);

/** The id of a bundle, which it logs and its source map names. */
export const bundleIdOf = (bundle: string): string =>
  createHash('sha256').update(bundle).digest('hex').slice(0, ID_PLACE.length);

/** The source map of a bundle as it is kept; `directory` is where the paths in the map start. */
export function keptMapOf(bundle: string, map: string, directory: string): KeptMap {
  const { version, sources, names, mappings } = z.parse(made, JSON.parse(map));
  const paths = sources.map((source) => sourcePath(source, directory));
  return {
    version,
    bundle: bundleIdOf(bundle),
    lineLengths: bundle.split('\n').map((line) => line.length),
    sources: paths,
    sourcesContent: paths.map((path) => (isOurs(path) ? readFileSync(path, 'utf8') : null)),
    names,
    mappings,
  };
}
