import { hash } from 'node:crypto';

const CHUNK_BYTES = 4 * 1024 * 1024;
const HEAD_BYTES = 4;
const FIRST_SLOTS = 1 << 12;
/** Longer ones are none that anybody asks for. */
const MOST_BYTES = 1000;

/** Very many short texts by their keys, in little more memory than the bytes of both. */
export class TextsByKey {
  /** Where each record begins, plus one; 0 is a slot that is free. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #size = 0;
  /** Of records: lengths of key and text, then these. */
  readonly #chunks: Buffer[] = [];
  #end = 0;

  get size(): number {
    return this.#size;
  }

  /** The last text of a key counts. False, and nothing done, for a key or a text of more than 1,000 bytes. */
  set(key: string, text: string): boolean {
    const [ofKey, ofText] = [Buffer.from(key), Buffer.from(text)];
    if (ofKey.length > MOST_BYTES || ofText.length > MOST_BYTES) return false;
    const slot = this.#slotOf(ofKey);
    if (this.#slots[slot] === 0) this.#size++;
    this.#slots[slot] = this.#append(ofKey, ofText) + 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  get(key: string): string | undefined {
    const start = this.#slots[this.#slotOf(Buffer.from(key))] ?? 0;
    return start === 0 ? undefined : this.#recordAt(start - 1).text.toString();
  }

  #recordAt(start: number): { readonly key: Buffer; readonly text: Buffer } {
    const chunk = this.#chunks[Math.floor(start / CHUNK_BYTES)] ?? Buffer.alloc(HEAD_BYTES);
    const at = start % CHUNK_BYTES;
    const keyEnd = at + HEAD_BYTES + chunk.readUInt16LE(at);
    return {
      key: chunk.subarray(at + HEAD_BYTES, keyEnd),
      text: chunk.subarray(keyEnd, keyEnd + chunk.readUInt16LE(at + 2)),
    };
  }

  #append(key: Buffer, text: Buffer): number {
    const length = HEAD_BYTES + key.length + text.length;
    const room = this.#chunks.length * CHUNK_BYTES - this.#end;
    if (room < length) {
      this.#end = this.#chunks.length * CHUNK_BYTES;
      this.#chunks.push(Buffer.allocUnsafe(CHUNK_BYTES));
    }
    const start = this.#end;
    const at = start % CHUNK_BYTES;
    const chunk = this.#chunks.at(-1);
    chunk?.writeUInt16LE(key.length, at);
    chunk?.writeUInt16LE(text.length, at + 2);
    chunk?.set(key, at + HEAD_BYTES);
    chunk?.set(text, at + HEAD_BYTES + key.length);
    this.#end += length;
    return start;
  }

  /** The slot of the key, or a free one where it is not there. */
  #slotOf(key: Buffer): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash('sha1', key, 'buffer').readUInt32LE(0) & mask; ; slot = (slot + 1) & mask) {
      const start = this.#slots[slot] ?? 0;
      if (start === 0 || this.#recordAt(start - 1).key.equals(key)) return slot;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (const start of before) if (start > 0) this.#slots[this.#slotOf(this.#recordAt(start - 1).key)] = start;
  }
}
