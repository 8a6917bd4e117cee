import type { Batch, Heard } from './batch.ts';
import { BSON_LIMIT } from './bounds.ts';
import { bsonDocument, leadingObjectId } from './bson-document.ts';
import { Damage, DocumentFault } from './bson-elements.ts';
import { type ByteFile, plainBytes, ReadFault } from './bytes.ts';
import { Walk } from './oddities.ts';
import type { Place, SourceDocument, Unreadable } from './source.ts';

const LEAST_BYTES = 5;
const REST = 'the rest of the file is not read';

class Documents {
  made: (SourceDocument | Unreadable)[] = [];
  isOver = false;
  #bytes: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #length = 0;
  #needed = 4;
  /** In the file, of the document that comes next. */
  #offset = 0;
  #number = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return;
    const [only = this.#bytes, ...others] = this.#parts;
    this.#bytes = others.length === 0 ? only : Buffer.concat(this.#parts, this.#length);
    let at = 0;
    while (!this.isOver && this.#isWhole(at)) at += this.#read(at);
    this.#length = this.#bytes.length - at;
    // A copy, so that the chunk itself is not kept for a few bytes of it.
    this.#parts = this.#length === 0 ? [] : [Buffer.from(this.#bytes.subarray(at))];
  }

  end(): void {
    if (!this.isOver && this.#length > 0)
      this.giveUp(`the file ends within a document, ${this.#length} bytes after its beginning`);
  }

  giveUp(reason: string, id?: string): void {
    this.isOver = true;
    this.made.push({ ...this.#place(), id, reason: `${reason}; ${REST}` });
  }

  #place(): Place {
    return { file: this.#file, at: `byte ${this.#offset}`, number: this.#number + 1 };
  }

  #isWhole(at: number): boolean {
    const left = this.#bytes.length - at;
    this.#needed = left < 4 ? 4 : this.#bytes.readInt32LE(at);
    if (left < 4) return false;
    if (this.#needed >= LEAST_BYTES && this.#needed <= BSON_LIMIT) return left >= this.#needed;
    this.giveUp(`is no BSON: no document has a length of ${this.#needed} bytes`);
    return false;
  }

  /** Answers how long the document is. */
  #read(at: number): number {
    const bytes = this.#bytes.subarray(at, at + this.#needed);
    const walk = new Walk();
    const place = this.#place();
    try {
      this.made.push({ ...place, value: bsonDocument(bytes, walk), oddities: walk.oddities });
    } catch (fault) {
      const id = leadingObjectId(bytes);
      if (fault instanceof DocumentFault) this.made.push({ ...place, id, field: walk.field, reason: fault.message });
      else if (fault instanceof Damage)
        this.giveUp(`is no BSON at byte ${this.#offset + fault.offset}: ${fault.message}`, id);
      else throw fault;
    }
    this.#number += 1;
    this.#offset += this.#needed;
    return this.#needed;
  }
}

/** The documents of a BSON file, in batches. After the first bytes that are no BSON nothing of it is read. */
export async function* readBson(file: ByteFile, heard?: Heard): AsyncGenerator<Batch> {
  const documents = new Documents(file.name);
  const taken = () => {
    const batch = documents.made;
    documents.made = [];
    return batch;
  };
  try {
    for await (const chunk of plainBytes(file, heard)) {
      documents.push(chunk);
      yield taken();
      if (documents.isOver) return;
    }
    documents.end();
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
    documents.giveUp(`the file ${fault.message}`);
  }
  yield taken();
}
