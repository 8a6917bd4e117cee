import { accessSync, constants, type Dirent, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import {
  DATABASE,
  dataNames,
  entriesOf,
  isMarked,
  isOfEarlierVersion,
  MARKER,
  markerText,
  namesOf,
  othersOf,
} from './own-entries.ts';

/** The folder of a local stack as it was found. */
export interface DataDirectory {
  readonly path: string;
  /** A version that left no marker has kept data in it. */
  readonly isOfEarlierVersion: boolean;
}

const elsewhere = 'name another one with --directory DIR';

const unusable = (path: string, error: unknown) =>
  new UsageError(`The folder ${path} cannot be used: ${whyFolderFails(error)}. Free it, or ${elsewhere}`);

function requireWritable(path: string): void {
  for (const own of [path, join(path, DATABASE)]) if (existsSync(own)) accessSync(own, constants.W_OK);
}

function requireEmptiable(path: string, entries: readonly Dirent[]): void {
  if (lstatSync(path).isSymbolicLink())
    throw new UsageError(`${path} is a link, and --fresh follows none: name the folder itself with --directory DIR`);
  const others = othersOf(entries);
  if (others.length === 0) return;
  throw new UsageError(
    `${path} holds what the local stack did not make (${namesOf(others)}), so that --fresh removes nothing: move that away, or ${elsewhere}`,
  );
}

/**
 * Looks at the folder where data are to be kept, and changes nothing. Throws a `UsageError` where it is not the stack's own, cannot be written to,
 * or holds something that `--fresh` must not touch.
 */
export function inspectDataDirectory(path: string, { fresh }: { readonly fresh: boolean }): DataDirectory {
  try {
    const entries = entriesOf(path);
    const foreign = entries.length > 0 && !isMarked(path, entries);
    const earlier = foreign && isOfEarlierVersion(path, entries);
    if (foreign && !earlier) {
      const others = othersOf(entries);
      throw new UsageError(
        `${path} is no folder of the local stack (it holds ${namesOf(others.length > 0 ? others : entries)}): name a new or empty one with --directory DIR`,
      );
    }
    if (fresh) requireEmptiable(path, entries);
    requireWritable(path);
    return { path, isOfEarlierVersion: earlier };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { path, isOfEarlierVersion: false };
    throw error instanceof UsageError ? error : unusable(path, error);
  }
}

/** A folder at a time: where a system lets nobody make one, as in `/proc`, Node's own `recursive` never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  mkdirSync(path);
}

/** Makes the folder where there is none, and marks it as the stack's. Throws a `UsageError`. */
export function claimDataDirectory({ path }: DataDirectory): void {
  try {
    makeFolder(path);
    writeFileSync(join(path, MARKER), markerText, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !existsSync(join(path, MARKER))) throw unusable(path, error);
  }
}

/** Removes the data of a folder that was inspected for it, by their names. */
export function emptyDataDirectory({ path }: DataDirectory): void {
  for (const name of dataNames) rmSync(join(path, name), { recursive: true, force: true });
}
