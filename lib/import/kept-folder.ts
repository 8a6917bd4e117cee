import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE_FOLDER, writePrivate } from '../private-file.ts';
import { UsageError } from '../usage-error.ts';

/** A folder for files that cannot be taken. It is made with the first of them, for its owner alone. */
export class KeptFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws a `UsageError` where something else has its place. */
  check(): void {
    const found = lstatSync(this.path, { throwIfNoEntry: false });
    if (found !== undefined && !found.isDirectory()) throw new UsageError(`${this.path} is there, and is no folder`);
  }

  /** Writes a file, in place of one that an earlier run has left. Throws a `UsageError` where that fails. */
  keep(name: string, bytes: Uint8Array): void {
    mkdirSync(this.path, { recursive: true, mode: PRIVATE_FOLDER });
    const file = join(this.path, name);
    rmSync(file, { force: true });
    writePrivate(file, bytes);
  }
}
