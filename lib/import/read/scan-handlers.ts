import type { Position } from './scanned-bytes.ts';

/** One value out of a stream. */
export interface Cut extends Position {
  /** Of the member of the outer object whose value it is, or in whose list it stands. */
  readonly key: string | undefined;
  /** To be read at once: they are overwritten. */
  readonly bytes: Buffer;
  /** Its bytes are not all there, as they are more than the bound. */
  readonly isLong: boolean;
  readonly isDeep: boolean;
  readonly hasOddNumbers: boolean;
  readonly members: number;
}

/** Where there is no JSON; `isEnd`: nothing after it can be read. */
export interface Fault extends Position {
  /** Of the broken document, where it is within one. */
  readonly start: Position;
  readonly reason: string;
  readonly isEnd: boolean;
}

/** What is to be done with a member of the outer object: its list taken apart, its value taken whole, or passed over. */
export type Use = 'elements' | 'whole' | 'nothing';

export interface ScanHandlers {
  onValue(cut: Cut): void;
  onFault(fault: Fault): void;
  /** Only asked of an outer object; of an outer list or of single documents every value is taken. */
  useOf?(key: string, firstByte: string): Use;
  /** The outer object is behind. */
  onEnd?(): void;
}
