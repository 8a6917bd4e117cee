import { DEPTH_LIMIT } from './bounds.ts';
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  PARENTHESIS,
  QUOTE,
} from './json-bytes.ts';

export const isBlank = (byte: number | undefined) =>
  byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** How the scan of a part ended: its end is behind, more bytes are needed, or it is broken at `at`. */
export type ScanEnd = 'whole' | 'open' | 'broken';

/** More digits than this may be a number that no double holds. */
const SAFE_DIGITS = 15;

/**
 * Finds the end of one JSON value, in as many parts as it comes. It knows brackets and texts only; what it takes to be broken cannot be JSON, the
 * rest is left to who parses.
 */
export class ValueScan {
  /** Of the next byte. */
  at = 0;
  /** Members of all its objects. */
  members = 0;
  isDeep = false;
  /** Whether one of its numbers may be none that a double holds. */
  hasOddNumbers = false;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  #digits = 0;
  readonly #opened = new Uint8Array(DEPTH_LIMIT + 1);

  begin(at: number): void {
    this.at = at;
    this.members = 0;
    this.isDeep = false;
    this.hasOddNumbers = false;
    this.#depth = 0;
    this.#inText = false;
    this.#isEscaped = false;
    this.#digits = 0;
  }

  scan(bytes: Buffer, end: number): ScanEnd {
    while (this.at < end) {
      const found = this.#inText ? this.#scanText(bytes, end) : this.#scanOutside(bytes, end);
      if (found !== 'open') return found;
    }
    return 'open';
  }

  #scanText(bytes: Buffer, end: number): ScanEnd {
    let at = this.at;
    if (this.#isEscaped && at < end) {
      at += 1;
      this.#isEscaped = false;
    }
    for (; at < end; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#inText = false;
        this.at = at + 1;
        return this.#depth === 0 ? 'whole' : 'open';
      }
      if (byte === BACKSLASH) at += 1;
      else if (byte === NEWLINE) {
        this.at = at;
        return 'broken';
      }
    }
    this.#isEscaped = at > end;
    this.at = end;
    return 'open';
  }

  #scanOutside(bytes: Buffer, end: number): ScanEnd {
    let at = this.at;
    let digits = this.#digits;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (isDigit(byte)) {
        digits += 1;
        if (digits > SAFE_DIGITS) this.hasOddNumbers = true;
        continue;
      }
      const wasDigit = digits > 0;
      digits = 0;
      if (byte === QUOTE) {
        this.#inText = true;
        this.at = at + 1;
        this.#digits = 0;
        return 'open';
      }
      if (byte === COLON) this.members += 1;
      else if (byte === 0x2e || (wasDigit && (byte === 0x65 || byte === 0x45))) this.hasOddNumbers = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (byte === OPEN_OBJECT && !this.#mayOpen(bytes, at)) return this.#ends('broken', at);
        this.#open(byte);
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        if (this.#depth === 0) return this.#ends('whole', at);
        if (!this.#close(byte)) return this.#ends('broken', at);
        if (this.#depth === 0) return this.#ends('whole', at + 1);
      } else if (this.#depth === 0 && (byte === COMMA || isBlank(byte))) return this.#ends('whole', at);
    }
    this.#digits = digits;
    return this.#ends('open', at);
  }

  #ends(end: ScanEnd, at: number): ScanEnd {
    this.at = at;
    return end;
  }

  #open(byte: number): void {
    this.#depth += 1;
    if (this.#depth > DEPTH_LIMIT) this.isDeep = true;
    else this.#opened[this.#depth] = byte;
  }

  /** False: it closes what is not open. */
  #close(byte: number): boolean {
    const opened = this.#depth > DEPTH_LIMIT ? byte - 2 : this.#opened[this.#depth];
    this.#depth -= 1;
    return opened === byte - 2;
  }

  /** An object stands after a colon or, in a list, after a comma: anywhere else, what is before it was not closed. */
  #mayOpen(bytes: Buffer, at: number): boolean {
    if (this.#depth === 0 || this.#depth > DEPTH_LIMIT) return true;
    let before = at - 1;
    while (before >= 0 && isBlank(bytes[before])) before -= 1;
    const byte = before < 0 ? undefined : bytes[before];
    if (byte === undefined || byte === PARENTHESIS) return true;
    return this.#opened[this.#depth] === OPEN_OBJECT ? byte === COLON : byte === COMMA || byte === OPEN_LIST;
  }
}
