import { writeFileSync } from 'node:fs';
import { whyFolderFails } from './system-errors.ts';
import { UsageError } from './usage-error.ts';

/** Modes of what is for the operator alone: secrets, or names and ids of people, are in it. */
export const [PRIVATE_FILE, PRIVATE_FOLDER] = [0o600, 0o700];

/** A new file that nobody else may read. Throws a `UsageError` where it is there already, or cannot be written. */
export function writePrivate(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: PRIVATE_FILE });
  } catch (fault) {
    throw new UsageError(`${path} cannot be written: ${whyFolderFails(fault)}`);
  }
}
