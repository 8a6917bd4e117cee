const FIRST_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/** Where a byte stands in its file, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The bytes of a stream that are still needed, and the lines before them. */
export class ScannedBytes {
  bytes = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;
  /** In the file, of the first byte. */
  offset = 0;
  #counted = 0;
  #line = 1;
  #lineStart = 0;

  /** Drops what is before `from`, takes the chunk. Answers how far what is kept has moved towards the beginning. */
  take(chunk: Buffer, from: number): number {
    this.#countLines(from);
    const kept = this.length - from;
    if (kept + chunk.length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (kept + chunk.length));
      this.bytes.copy(larger, 0, from, this.length);
      this.bytes = larger;
    } else if (from > 0) this.bytes.copyWithin(0, from, this.length);
    chunk.copy(this.bytes, kept);
    this.offset += from;
    this.length = kept + chunk.length;
    this.#counted -= from;
    return from;
  }

  /** Of a byte that is not before one that was asked for earlier. */
  positionOf(index: number): Position {
    this.#countLines(index);
    return { line: this.#line, column: this.offset + index - this.#lineStart + 1 };
  }

  #countLines(end: number): void {
    if (end <= this.#counted) return;
    const bytes = this.bytes.subarray(0, end);
    for (let found = bytes.indexOf(NEWLINE, this.#counted); found >= 0; found = bytes.indexOf(NEWLINE, found + 1)) {
      this.#line += 1;
      this.#lineStart = this.offset + found + 1;
    }
    this.#counted = end;
  }
}

/** The text that a key's bytes stand for; undefined: they are none of JSON. */
export function keyIn(bytes: Buffer): string | undefined {
  try {
    const key: unknown = JSON.parse(bytes.toString());
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
