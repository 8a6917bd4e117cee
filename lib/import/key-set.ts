import { hash } from 'node:crypto';

const FIRST_SLOTS = 1 << 12;

/**
 * Tells which of very many texts came before, in 16 bytes each: it keeps 64 bits of a hash, by which two of a million texts are taken for one in one of thirty million
 * runs.
 */
export class KeySet {
  /** Pairs of 32 bits; both 0 is a slot that is free. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False where it is there already. */
  add(text: string): boolean {
    const [high, low] = digestOf(text);
    if (!insert(this.#slots, high, low)) return false;
    this.#size++;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  has(text: string): boolean {
    const [high, low] = digestOf(text);
    return find(this.#slots, high, low).isThere;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#slots.length * 2);
    for (let at = 0; at < this.#slots.length; at += 2) {
      const [high = 0, low = 0] = [this.#slots[at], this.#slots[at + 1]];
      if (high !== 0 || low !== 0) insert(larger, high, low);
    }
    this.#slots = larger;
  }
}

function digestOf(text: string): readonly [number, number] {
  const digest = hash('sha1', text, 'buffer');
  return [digest.readUInt32LE(0), digest.readUInt32LE(4) || 1];
}

function find(slots: Uint32Array, high: number, low: number): { readonly at: number; readonly isThere: boolean } {
  const mask = slots.length / 2 - 1;
  for (let slot = (high ^ low) & mask; ; slot = (slot + 1) & mask) {
    const at = 2 * slot;
    if (slots[at] === 0 && slots[at + 1] === 0) return { at, isThere: false };
    if (slots[at] === high && slots[at + 1] === low) return { at, isThere: true };
  }
}

function insert(slots: Uint32Array, high: number, low: number): boolean {
  const { at, isThere } = find(slots, high, low);
  if (isThere) return false;
  slots[at] = high;
  slots[at + 1] = low;
  return true;
}
