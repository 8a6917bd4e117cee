import { Parser, type ReadEntry } from 'tar';
import { FILES_LIMIT, NAME_LIMIT } from './bounds.ts';
import { type ByteFile, HEAD_BYTES, isGzip, plainBytes, ReadFault, withHead } from './bytes.ts';

const files = ['File', 'OldFile', 'ContiguousFile'];

/** One file of an archive. */
interface Entry {
  readonly path: string;
  /** Of all entries: names may occur again. */
  readonly index: number;
  readonly size: number;
}

/** Nothing is ever written by these names, but what has one of them was not made by the database's tools. */
function requireHarmless({ path, type }: ReadEntry, index: number): void {
  if (index >= FILES_LIMIT) throw new ReadFault(`holds more than ${FILES_LIMIT} files`);
  if (path.length > NAME_LIMIT) throw new ReadFault(`holds a name of more than ${NAME_LIMIT} characters`);
  const segments = path.split(/[/\\]/);
  if (segments[0] === '' || /^[a-zA-Z]:$/.test(segments[0] ?? '') || segments.includes('..'))
    throw new ReadFault(`holds a file that would lie outside of it: "${path}"`);
  if (type !== 'Directory' && !files.includes(type))
    throw new ReadFault(`holds something that is neither file nor folder: "${path}"`);
}

type OnBytes = (chunk: Buffer) => void;

/** Goes through an archive, and stops after each of its chunks; `visit` says who hears the bytes of a file. Throws a `ReadFault`. */
async function* chunksOf(archive: ByteFile, visit: (entry: Entry) => OnBytes | undefined): AsyncGenerator<void> {
  let count = 0;
  const faults: unknown[] = [];
  const take = (entry: ReadEntry) => {
    const index = count++;
    try {
      requireHarmless(entry, index);
      const onBytes = files.includes(entry.type) ? visit({ path: entry.path, index, size: entry.size }) : undefined;
      if (onBytes === undefined) entry.resume();
      else entry.on('data', onBytes);
    } catch (fault) {
      faults.push(fault);
      entry.resume();
    }
  };
  const parser = new Parser({ zstd: false, onReadEntry: take });
  parser.on('ignoredEntry', take);
  parser.on('warn', (code: string) => {
    if (/INVALID|BAD|ABORT/.test(code)) faults.push(new ReadFault('is a damaged archive'));
  });
  let isBegun = false;
  for await (const chunk of withHead(plainBytes(archive))) {
    // The parser would unpack it without our bound.
    if (!isBegun && isGzip(chunk)) throw new ReadFault('is packed twice');
    isBegun = true;
    parser.write(chunk);
    yield;
    if (faults.length > 0) throw faults[0];
  }
  parser.end();
  yield;
  if (faults.length > 0) throw faults[0];
}

/** How many files are looked into while an archive is listed, so that it is not gone through again for each of them. */
const HEADS_LIMIT = 1000;

/** The files of a tar archive, plain or packed with gzip, by their names in it. Throws a `ReadFault`. */
export async function listArchive(archive: ByteFile): Promise<ReadonlyMap<string, ByteFile>> {
  const listed = new Map<string, ByteFile>();
  const visit = (entry: Entry): OnBytes | undefined => {
    const path = entry.path.replace(/^(?:\.\/)+/, '');
    if (listed.has(path)) throw new ReadFault(`holds two files of one name: "${path}"`);
    const file = { name: `${archive.name}!${path}`, size: entry.size, chunks: () => entryBytes(archive, entry) };
    const head = Buffer.alloc(listed.size < HEADS_LIMIT ? Math.min(entry.size, HEAD_BYTES) : 0);
    listed.set(path, head.length === 0 ? file : { ...file, head });
    let length = 0;
    return (chunk) => {
      length += chunk.copy(head, length);
    };
  };
  for await (const _ of chunksOf(archive, visit));
  return listed;
}

async function* entryBytes(archive: ByteFile, { index, size }: Entry): AsyncGenerator<Buffer> {
  let heard: Buffer[] = [];
  let left = size;
  const onBytes: OnBytes = (chunk) => {
    heard.push(chunk);
    left -= chunk.length;
  };
  if (left === 0) return;
  for await (const _ of chunksOf(archive, (entry) => (entry.index === index ? onBytes : undefined))) {
    yield* heard;
    heard = [];
    if (left === 0) return;
  }
  throw new ReadFault('is cut off: its archive ends before its end');
}
