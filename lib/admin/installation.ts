import { typedPath } from '../command-line.ts';
import { DEFAULT_DIRECTORY } from '../local/own-entries.ts';

/** Which installation, as the operator's options name it. */
export interface Installation {
  /** The one of this machine that `npm start` runs. */
  readonly local: boolean;
  /** The folder, as it was typed, that the one of this machine was started with where that is not the usual one. */
  readonly directory?: string | undefined;
  readonly stage: string;
}

/** The folder of the local stack that is meant; undefined for one that is deployed. */
export function folderOf({ local, directory }: Installation): string | undefined {
  if (directory !== undefined) return typedPath(directory);
  return local ? DEFAULT_DIRECTORY : undefined;
}
