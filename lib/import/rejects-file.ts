import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** For the operator alone: names and ids of people are in it. */
const PRIVATE = 0o600;

/** A file of JSON lines that is there once there is something to say; one of an earlier run goes. */
export class LinesFile {
  readonly path: string;
  #descriptor: number | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Takes away what an earlier run has left. Throws a `UsageError` where that cannot be. */
  clear(): void {
    try {
      rmSync(this.path, { force: true });
    } catch (fault) {
      throw new UsageError(`${this.path} cannot be replaced: ${whyFolderFails(fault)}`);
    }
  }

  add(line: object): void {
    try {
      this.#descriptor ??= openSync(this.path, 'wx', PRIVATE);
      writeSync(this.#descriptor, `${JSON.stringify(line)}\n`);
    } catch (fault) {
      throw new UsageError(`${this.path} cannot be written: ${whyFolderFails(fault)}`);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
