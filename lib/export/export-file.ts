import { createHash, type Hash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { PRIVATE_FILE } from '../private-file.ts';
import { whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** Characters that are kept back, so that a line is no call of the system. */
const KEPT_BACK = 1_000_000;

/** What is in a file, as a manifest tells it. */
export interface FileContent {
  readonly documents: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where a file stood, to go back to. */
export interface Mark {
  readonly documents: number;
  readonly bytes: number;
  readonly hash: Hash;
}

/** A new file of JSON lines, which has another name until it is whole: no import takes it before. Its methods throw a `UsageError` where the disk does not take it. */
export class ExportFile {
  readonly #path: string;
  /** Where it is written. */
  readonly part: string;
  readonly #descriptor: number;
  #lines: string[] = [];
  #keptBack = 0;
  #documents = 0;
  #bytes = 0;
  #hash = createHash('sha256');

  /** Never follows a link, never opens a file that is there. */
  constructor(path: string) {
    this.#path = path;
    this.part = `${path}.part`;
    this.#descriptor = this.#try(() => openSync(this.part, 'wx', PRIVATE_FILE));
  }

  #try<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (fault) {
      throw new UsageError(`${this.part} cannot be written: ${whyFolderFails(fault)}`);
    }
  }

  /** A document's JSON, without line breaks. */
  write(json: string): void {
    this.#lines.push(json, '\n');
    this.#documents++;
    this.#keptBack += json.length;
    if (this.#keptBack >= KEPT_BACK) this.#flush();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#lines.join(''));
    [this.#lines, this.#keptBack] = [[], 0];
    this.#hash.update(bytes);
    this.#try(() => {
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, this.#bytes + done);
    });
    this.#bytes += bytes.length;
  }

  mark(): Mark {
    this.#flush();
    return { documents: this.#documents, bytes: this.#bytes, hash: this.#hash.copy() };
  }

  /** Takes away what was written since. */
  goBackTo(mark: Mark): void {
    this.#flush();
    this.#try(() => ftruncateSync(this.#descriptor, mark.bytes));
    [this.#documents, this.#bytes, this.#hash] = [mark.documents, mark.bytes, mark.hash.copy()];
  }

  close(): FileContent {
    this.#flush();
    this.#try(() => {
      closeSync(this.#descriptor);
      renameSync(this.part, this.#path);
    });
    return { documents: this.#documents, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}
