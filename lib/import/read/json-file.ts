import type { Batch, Heard } from './batch.ts';
import { JSON_LIMIT } from './bounds.ts';
import { type ByteFile, plainBytes, ReadFault } from './bytes.ts';
import { jsonDocument, placeAt } from './json-document.ts';
import { JsonScanner } from './json-scanner.ts';
import type { Cut, Fault, Use } from './scan-handlers.ts';
import type { SourceDocument, Unreadable } from './source.ts';

/** Which members of a file's outer object hold the documents; undefined: the file is documents one after another, or one list. */
export type IsRead = ((key: string) => boolean) | undefined;

class Documents {
  #made: (SourceDocument | Unreadable)[] = [];
  #number = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add = (cut: Cut): void => {
    this.#number += 1;
    this.#made.push(jsonDocument(cut, { file: this.#file, at: placeAt(cut), number: this.#number }));
  };

  fail = ({ start, reason, isEnd, ...here }: Fault): void => {
    this.#number += 1;
    const rest = isEnd ? '; the rest of the file is not read' : '';
    const where = `line ${here.line}, column ${here.column}`;
    this.#made.push({
      file: this.#file,
      at: placeAt(start),
      number: this.#number,
      reason: `is no JSON at ${where}: ${reason}${rest}`,
    });
  };

  end(fault: ReadFault): void {
    this.#made.push({
      file: this.#file,
      at: `after number ${this.#number}`,
      number: this.#number + 1,
      reason: `the file ${fault.message}`,
    });
  }

  taken(): Batch {
    const batch = this.#made;
    this.#made = [];
    return batch;
  }
}

/** The documents of a JSON file, in batches. */
export async function* readJson(
  file: ByteFile,
  isRead: IsRead,
  heard?: Heard,
  limit = JSON_LIMIT,
): AsyncGenerator<Batch> {
  const documents = new Documents(file.name);
  const useOf =
    isRead && ((key: string, first: string): Use => (first === '[' && isRead(key) ? 'elements' : 'nothing'));
  const handlers = { onValue: documents.add, onFault: documents.fail };
  const scanner = new JsonScanner(useOf === undefined ? handlers : { ...handlers, useOf }, limit);
  try {
    for await (const chunk of plainBytes(file, heard)) {
      scanner.push(chunk);
      yield documents.taken();
    }
    scanner.end();
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
    documents.end(fault);
  }
  yield documents.taken();
}
