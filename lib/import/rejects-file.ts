import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** Where JSON lines go that are for the operator. */
export interface Lines {
  /** What the operator is told of it. */
  readonly path: string;
  /** Takes away what an earlier run has left. */
  clear(): void;
  add(line: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/** For the operator alone: names and ids of people are in it. */
const PRIVATE = 0o600;

/** A file that is there once there is something to say. Throws a `UsageError` where it cannot be written. */
export class LinesFile implements Lines {
  readonly path: string;
  #descriptor: number | undefined;

  constructor(path: string) {
    this.path = path;
  }

  clear(): void {
    try {
      rmSync(this.path, { force: true });
    } catch (fault) {
      throw new UsageError(`${this.path} cannot be replaced: ${whyFolderFails(fault)}`);
    }
  }

  add(line: Readonly<Record<string, unknown>>): void {
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

const MOST_KEPT = 100;

/** The first lines, kept in memory. */
export class KeptLines implements Lines {
  readonly path = 'memory';
  readonly lines: Readonly<Record<string, unknown>>[] = [];

  clear(): void {
    this.lines.length = 0;
  }

  add(line: Readonly<Record<string, unknown>>): void {
    if (this.lines.length < MOST_KEPT) this.lines.push(line);
  }

  close(): void {
    // Nothing is open.
  }
}
