import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, NEWLINE, OPEN_LIST, OPEN_OBJECT, QUOTE } from './json-bytes.ts';
import type { ScanHandlers, Use } from './scan-handlers.ts';
import { keyIn, type Position, ScannedBytes } from './scanned-bytes.ts';
import { isBlank, ValueScan } from './value-scan.ts';

type Place = 'top' | 'list' | 'key' | 'colon' | 'member' | 'end';

/**
 * Cuts a stream of JSON into single values: documents one after another, the elements of lists, or with `useOf` the members of one object. In
 * memory is one value at a time. After a broken document it goes on at the next line that begins with `{`, as the tools of the database write them.
 */
export class JsonScanner {
  readonly #source = new ScannedBytes();
  readonly #value = new ValueScan();
  readonly #handlers: ScanHandlers;
  readonly #limit: number;
  #at = 0;
  #place: Place = 'top';
  #key: string | undefined;
  /** The value that is being scanned begins there. */
  #start: number | undefined;
  #startsAt: Position = { line: 1, column: 1 };
  #use: Use = 'whole';
  #isLong = false;
  #isLost = false;

  constructor(handlers: ScanHandlers, limit: number) {
    this.#handlers = handlers;
    this.#limit = limit;
  }

  push(chunk: Buffer): void {
    const isDropped = this.#isLong || this.#use === 'nothing';
    const moved = this.#source.take(chunk, this.#start === undefined || isDropped ? this.#at : this.#start);
    this.#at -= moved;
    if (this.#start !== undefined) this.#start = Math.max(0, this.#start - moved);
    while (this.#at < this.#source.length && this.#go()) {}
    if (this.#start !== undefined && this.#source.length - this.#start > this.#limit) this.#isLong = true;
  }

  end(): void {
    if (this.#place === 'end' || this.#isLost) return;
    const isOpen = this.#start !== undefined;
    if (isOpen || this.#place !== 'top') this.#fail('the file ends within it', this.#source.length, true);
  }

  /** False: all that is left is passed over. */
  #go(): boolean {
    if (this.#place === 'end') return this.#passEnd();
    if (this.#isLost) return this.#findLine();
    if (this.#start === undefined) {
      this.#step();
      return true;
    }
    this.#value.at = this.#at;
    const end = this.#value.scan(this.#source.bytes, this.#source.length);
    this.#at = this.#value.at;
    if (end === 'whole') this.#finish(this.#start);
    if (end === 'broken') this.#fail('a bracket or a text is not closed', this.#at);
    return true;
  }

  /** One byte, or some blanks, between values. */
  #step(): void {
    const { bytes, length, offset } = this.#source;
    while (this.#at < length && (isBlank(bytes[this.#at]) || this.#isMark(offset + this.#at))) this.#at += 1;
    if (this.#at === length) return;
    const byte = bytes[this.#at];
    const isOuter = this.#handlers.useOf !== undefined;
    if (this.#place === 'colon') byte === COLON ? this.#enter('member') : this.#fail('a ":" is missing', this.#at);
    else if (byte === COMMA && this.#place !== 'member') this.#at += 1;
    else if (this.#place === 'list') this.#element(byte, isOuter);
    else if (this.#place === 'member') this.#member(byte);
    else if (this.#place === 'key') this.#memberKey(byte);
    else if (isOuter) byte === OPEN_OBJECT ? this.#enter('key') : this.#fail('there is no object', this.#at);
    else if (byte === OPEN_LIST) this.#enter('list');
    else byte === OPEN_OBJECT ? this.#begin('whole') : this.#fail('there is no document', this.#at);
  }

  /** Of the byte order mark. */
  #isMark(offset: number): boolean {
    return offset < 3 && this.#source.bytes[this.#at] === [0xef, 0xbb, 0xbf][offset];
  }

  #element(byte: number | undefined, isOuter: boolean): void {
    if (byte === CLOSE_LIST) this.#enter(isOuter ? 'key' : 'top');
    else if (byte === CLOSE_OBJECT) this.#fail('a list ends with "}"', this.#at);
    else this.#begin('whole');
  }

  #memberKey(byte: number | undefined): void {
    this.#key = undefined;
    if (byte === QUOTE) this.#begin('whole');
    else if (byte === CLOSE_OBJECT) {
      this.#enter('end');
      this.#handlers.onEnd?.();
    } else this.#fail('a key is missing', this.#at);
  }

  #member(byte: number | undefined): void {
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#fail('a value is missing', this.#at);
    else {
      const use = this.#handlers.useOf?.(this.#key ?? '', String.fromCharCode(byte ?? 0)) ?? 'whole';
      if (use === 'elements' && byte === OPEN_LIST) this.#enter('list');
      else this.#begin(use);
    }
  }

  #enter(place: Place): void {
    this.#place = place;
    this.#at += 1;
  }

  #begin(use: Use): void {
    this.#start = this.#at;
    this.#startsAt = this.#source.positionOf(this.#at);
    this.#use = use;
    this.#isLong = false;
    this.#value.begin(this.#at);
  }

  #finish(start: number): void {
    this.#start = undefined;
    const bytes = this.#source.bytes.subarray(start, this.#at);
    if (this.#place === 'key') {
      this.#place = 'colon';
      this.#key = keyIn(bytes);
      if (this.#key === undefined) this.#fail('there is no JSON', this.#at);
      return;
    }
    const { isDeep, hasOddNumbers, members } = this.#value;
    const isLong = this.#isLong || bytes.length > this.#limit;
    if (this.#use !== 'nothing')
      this.#handlers.onValue({ ...this.#startsAt, key: this.#key, bytes, isLong, isDeep, hasOddNumbers, members });
    if (this.#place === 'member') this.#place = 'key';
    this.#use = 'whole';
  }

  #fail(reason: string, at: number, isEnd = false): void {
    const isOver = isEnd || this.#handlers.useOf !== undefined;
    const here = this.#source.positionOf(at);
    const start = this.#start === undefined ? here : this.#startsAt;
    this.#handlers.onFault({ ...here, start, reason, isEnd: isOver });
    this.#start = undefined;
    this.#use = 'whole';
    this.#isLost = true;
    if (isOver) this.#place = 'end';
    // The very byte that cannot be there may begin a line, and with it the next document.
    else if (this.#isLineStart(at)) this.#isLost = false;
    else if (at === this.#at) this.#at += this.#source.bytes[at] === NEWLINE ? 0 : 1;
  }

  #isLineStart(at: number): boolean {
    const { bytes, length, offset } = this.#source;
    return at < length && bytes[at] === OPEN_OBJECT && (at === 0 ? offset === 0 : bytes[at - 1] === NEWLINE);
  }

  #findLine(): boolean {
    const { bytes, length } = this.#source;
    const found = bytes.subarray(0, length).indexOf(NEWLINE, this.#at);
    if (found >= 0 && found + 1 === length) {
      // What the line begins with is to come.
      this.#at = found;
      return false;
    }
    this.#at = found < 0 ? length : found + 1;
    this.#isLost = found < 0 || bytes[this.#at] !== OPEN_OBJECT;
    return true;
  }

  #passEnd(): boolean {
    this.#at = this.#source.length;
    return false;
  }
}
