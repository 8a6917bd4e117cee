import { shellQuoted } from '../shell-quoted.ts';
import { DEFAULT_DIRECTORY } from './own-entries.ts';

/** The options that name the local stack of a folder to the operator's command line. */
export const stackArguments = (directory: string): string =>
  directory === DEFAULT_DIRECTORY ? '--local' : `--directory=${shellQuoted(directory)}`;
