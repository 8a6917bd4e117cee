import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { codeOf, messageOf } from '../../system-errors.ts';
import { UNPACKED_LIMIT } from './bounds.ts';
import { pumped } from './pumped.ts';

/** The rest of a file cannot be read; its message says why, as what follows "file": "is damaged: …". */
export class ReadFault extends Error {
  override readonly name = 'ReadFault';
}

/** A file, or an entry of an archive, as it lies there. It can be read again and again. */
export interface ByteFile {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** Its first bytes, or all of them, where they are known: finding them again would take long. */
  readonly head?: Buffer;
  /** What it throws is a `ReadFault`. */
  chunks(): AsyncIterable<Buffer>;
}

const CHUNK_BYTES = 64 * 1024;

/** A file of the disk. */
export const fileOf = (path: string, name: string, size: number): ByteFile => ({
  name,
  size,
  async *chunks() {
    try {
      const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      yield* stream;
    } catch (fault) {
      const why = codeOf(fault) === 'EACCES' ? 'you may not read it' : messageOf(fault);
      throw new ReadFault(`cannot be read: ${why}`);
    }
  },
});

/** Deflate is the one method that gzip knows. */
export const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** A BSON file may begin with the very bytes of a gzip file: there, its name has to say so, too. */
const mayBePacked = (name: string) => /\.t?gz$/i.test(name) || !/\.bson$/i.test(name);

/** The chunks, the first of which has three bytes at least where there are so many. */
export async function* withHead(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  let isBegun = false;
  for await (const chunk of chunks) {
    if (isBegun) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      isBegun = head.length >= 3;
      if (isBegun) yield head;
    }
  }
  if (!isBegun && head.length > 0) yield head;
}

async function* unzipped(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const batch of pumped<Buffer>(chunks, createGunzip())) {
      for (const chunk of batch) {
        bytes += chunk.length;
        if (bytes > limit) throw new ReadFault(`is more than ${limit} bytes when it is unpacked`);
        yield chunk;
      }
    }
  } catch (fault) {
    if (fault instanceof ReadFault) throw fault;
    const isCut = codeOf(fault) === 'Z_BUF_ERROR';
    throw new ReadFault(isCut ? 'is cut off: a packed file ends before its end' : 'is damaged: it cannot be unpacked');
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, heard: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    heard(bytes);
  }
}

const unheard = () => {};

/** What a file says, unpacked where it is packed with gzip. `heard` is told how many bytes as they lie there are behind. Throws a `ReadFault`. */
export async function* plainBytes(
  file: ByteFile,
  heard: (bytes: number) => void = unheard,
  limit = UNPACKED_LIMIT,
): AsyncGenerator<Buffer> {
  const chunks = withHead(counted(file.chunks(), heard))[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  async function* all() {
    yield first.value;
    yield* chunks;
  }
  yield* mayBePacked(file.name) && isGzip(first.value) ? unzipped(all(), limit) : all();
}

/** Bytes of a file that tell what it is. */
export const HEAD_BYTES = 16 * 1024;

/** The first bytes of what a file says, or all of them; fewer where it is damaged. */
export async function headOf({ head, ...file }: ByteFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const known = async function* () {
    if (head !== undefined) yield head;
  };
  try {
    for await (const chunk of plainBytes(head === undefined ? file : { ...file, chunks: known })) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}
