import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join, parse } from 'node:path';
import { PRIVATE_FILE } from '../private-file.ts';
import { codeOf, whyFolderFails } from '../system-errors.ts';
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

/** What a terminal would act on, in the way of JSON. */
const escaped = (json: string) =>
  json.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );

const MOST_AT_ONCE = 100;

/** A file that is there once there is something to say. Throws a `UsageError` where it cannot be written. */
export class LinesFile implements Lines {
  path: string;
  #descriptor: number | undefined;

  constructor(path: string) {
    this.path = path;
  }

  clear(): void {
    try {
      rmSync(this.path, { force: true });
      // That it cannot be written is told now, and not in the middle.
      closeSync(openSync(this.path, 'wx', PRIVATE_FILE));
      rmSync(this.path);
    } catch (fault) {
      if (codeOf(fault) !== 'EEXIST') throw new UsageError(`${this.path} cannot be replaced: ${whyFolderFails(fault)}`);
    }
  }

  /** Another run that began later may have a file here by now: this one gets another name. */
  #open(): number {
    const { dir, name, ext } = parse(this.path);
    for (let number = 2; ; number++)
      try {
        return openSync(this.path, 'wx', PRIVATE_FILE);
      } catch (fault) {
        if (codeOf(fault) !== 'EEXIST' || number > MOST_AT_ONCE) throw fault;
        this.path = join(dir, `${name}-${number}${ext}`);
      }
  }

  add(line: Readonly<Record<string, unknown>>): void {
    try {
      this.#descriptor ??= this.#open();
      writeSync(this.#descriptor, `${escaped(JSON.stringify(line))}\n`);
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
