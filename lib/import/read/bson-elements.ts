import { isUtf8 } from 'node:buffer';
import { BSONError, onDemand } from 'bson';

/** The document cannot be taken, those after it can; says why. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
}

/** Bytes that are no BSON: nothing after them can be trusted. */
export class Damage extends Error {
  override readonly name = 'Damage';
  /** In the document. */
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

/** One member of a document, or one value of a list. */
export interface Element {
  readonly type: number;
  readonly key: string;
  readonly at: number;
  readonly length: number;
}

/** Text of bytes that have to be UTF-8. */
export function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end)))
    throw new DocumentFault('holds text that is no UTF-8');
  return text;
}

/** Names of members that were met before, by their bytes: the same few are in each document. */
const names = new Map<number, string>();
const NAMES_LIMIT = 4096;
const NAME_BYTES = 32;

function isSame(name: string, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = start; at < end; at++) if (name.charCodeAt(at - start) !== bytes[at]) return false;
  return true;
}

function nameAt(bytes: Buffer, start: number, end: number): string {
  if (end - start > NAME_BYTES) return textAt(bytes, start, end);
  let hash = 0;
  for (let at = start; at < end; at++) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  const known = names.get(hash);
  if (known !== undefined && isSame(known, bytes, start, end)) return known;
  const name = textAt(bytes, start, end);
  // As many characters as bytes: it is ASCII, and its characters are its bytes.
  if (name.length === end - start && names.size < NAMES_LIMIT) names.set(hash, name);
  return name;
}

/** A text with its length before it and a zero behind it. */
export function stringAt(bytes: Buffer, at: number, end: number): string {
  const length = at + 4 > end ? 0 : bytes.readInt32LE(at);
  const last = at + 4 + length - 1;
  if (length < 1 || last >= end || bytes[last] !== 0) throw new Damage('the length of a text is wrong', at);
  return textAt(bytes, at + 4, last);
}

/** A text up to a zero. */
export function untilZero(bytes: Buffer, at: number): string {
  return textAt(bytes, at, bytes.indexOf(0, at));
}

/** The elements of the document that begins at `at`. Throws a `Damage`. */
export function elementsOf(bytes: Buffer, at: number): readonly Element[] {
  try {
    return Array.from(onDemand.parseToElements(bytes, at), ([type, keyAt, nameLength, valueAt, length]) => ({
      type,
      key: nameAt(bytes, keyAt, keyAt + nameLength),
      at: valueAt,
      length,
    }));
  } catch (fault) {
    if (!BSONError.isBSONError(fault)) throw fault;
    const offset = 'offset' in fault && typeof fault.offset === 'number' ? fault.offset : at;
    throw new Damage('a type, a name or a length is wrong', offset);
  }
}
