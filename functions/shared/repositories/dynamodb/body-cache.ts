/** A body as it was stored under this version, parsed; neither where the head holds everything itself. */
export interface KeptBody<Body> {
  readonly version: string | undefined;
  readonly body: Body | undefined;
}

interface Entry<Body> extends KeptBody<Body> {
  readonly bytes: number;
}

/** What an entry takes besides its text. */
const ENTRY_BYTES = 512;
/** What a list or an object takes in memory, of which the text may be two bytes. */
const STRUCTURE_BYTES = 50;

const sizeOf = (text: string) => Buffer.byteLength(text) + STRUCTURE_BYTES * (text.match(/[[{]/g)?.length ?? 0);

/**
 * The last bodies that were read, one a name, in so many bytes of their stored texts; what was used longest ago goes first. Nothing in it is ever
 * stale: it is used only where the head, which is read each time, names its version.
 */
export class BodyCache<Body> {
  readonly #entries = new Map<string, Entry<Body>>();
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(name: string): KeptBody<Body> | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry;
  }

  delete(name: string): void {
    this.#bytes -= this.#entries.get(name)?.bytes ?? 0;
    this.#entries.delete(name);
  }

  /** `text` is what is large of the body, as it is stored. */
  set(name: string, { version, body }: KeptBody<Body>, text: string): void {
    this.delete(name);
    const bytes = ENTRY_BYTES + Buffer.byteLength(name) + sizeOf(text);
    this.#entries.set(name, { version, body, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limitBytes) break;
      this.delete(oldest);
    }
  }
}
