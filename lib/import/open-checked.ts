import { checkManifest, hasManifest } from '../export/check-manifest.ts';
import { openSource, type SourceOptions } from './read/open-source.ts';
import type { Source } from './read/source.ts';

/** Opens what an import is given; an export of our own is held to its manifest first. Throws a `UsageError`. */
export async function openChecked(paths: readonly string[], options: SourceOptions = {}): Promise<Source> {
  for (const path of paths) if (hasManifest(path)) await checkManifest(path);
  return openSource(paths, options);
}
