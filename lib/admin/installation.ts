import { typedPath } from '../../command-line.ts';
import { DEFAULT_DIRECTORY } from '../../local/own-entries.ts';

/** Which installation, as the operator's options name it. */
export interface Installation {
  readonly local: boolean;
  readonly directory?: string | undefined;
  readonly stage: string;
}

/** The folder of a local stack; undefined for one that is deployed. */
export function folderOf({ local, directory }: Installation): string | undefined {
  if (directory !== undefined) return typedPath(directory);
  return local ? DEFAULT_DIRECTORY : undefined;
}
