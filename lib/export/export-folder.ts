import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { PRIVATE_FOLDER } from '../private-file.ts';
import { codeOf, whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

function statOf(folder: string) {
  try {
    return lstatSync(folder);
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw new UsageError(`${folder} cannot be used: ${whyFolderFails(fault)}`);
  }
}

/** Throws a `UsageError` for anything but an empty folder, or a place where there is nothing yet. Nothing is made. */
export function requireEmptyFolder(folder: string): void {
  const found = statOf(folder);
  if (found === undefined) return;
  if (!found.isDirectory()) throw new UsageError(`${folder} is no folder: name one that is not there, or empty`);
  try {
    if (readdirSync(folder).length === 0) return;
  } catch (fault) {
    throw new UsageError(`${folder} cannot be used: ${whyFolderFails(fault)}`);
  }
  throw new UsageError(`${folder} is not empty: name a folder that is not there, or empty`);
}

/** Makes a folder that is its owner's alone, or makes an empty one so. Throws a `UsageError`. */
export function makePrivateFolder(folder: string): void {
  requireEmptyFolder(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
    chmodSync(folder, PRIVATE_FOLDER);
  } catch (fault) {
    throw new UsageError(`${folder} cannot be made: ${whyFolderFails(fault)}`);
  }
}
