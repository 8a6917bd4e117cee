import { Parser, type ReadEntry } from 'tar';
import { FILES_LIMIT, NAME_LIMIT } from './bounds.ts';
import { type ByteFile, plainBytes, ReadFault } from './bytes.ts';

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

/** Goes through an archive; answers the bytes of those files that are wanted. Throws a `ReadFault`. */
async function* bytesOf(archive: ByteFile, isWanted: (entry: Entry) => boolean): AsyncGenerator<Buffer> {
  let bytes: Buffer[] = [];
  let count = 0;
  const faults: unknown[] = [];
  const take = (entry: ReadEntry) => {
    const index = count++;
    try {
      requireHarmless(entry, index);
      if (files.includes(entry.type) && isWanted({ path: entry.path, index, size: entry.size }))
        entry.on('data', (chunk) => bytes.push(chunk));
      else entry.resume();
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
  for await (const chunk of plainBytes(archive)) {
    parser.write(chunk);
    if (bytes.length > 0) yield* bytes;
    bytes = [];
    if (faults.length > 0) throw faults[0];
  }
  parser.end();
  yield* bytes;
  if (faults.length > 0) throw faults[0];
}

/** The files of a tar archive, plain or packed with gzip, by their names in it. Throws a `ReadFault`. */
export async function listArchive(archive: ByteFile): Promise<ReadonlyMap<string, ByteFile>> {
  const entries: Entry[] = [];
  const nothing = bytesOf(archive, (entry) => {
    entries.push(entry);
    return false;
  });
  for await (const _ of nothing);
  const listed = new Map<string, ByteFile>();
  for (const entry of entries) {
    const path = entry.path.replace(/^(?:\.\/)+/, '');
    if (listed.has(path)) throw new ReadFault(`holds two files of one name: "${path}"`);
    listed.set(path, { name: `${archive.name}!${path}`, size: entry.size, chunks: () => entryBytes(archive, entry) });
  }
  return listed;
}

async function* entryBytes(archive: ByteFile, { index, size }: Entry): AsyncGenerator<Buffer> {
  let left = size;
  if (left === 0) return;
  for await (const chunk of bytesOf(archive, (entry) => entry.index === index)) {
    yield chunk;
    left -= chunk.length;
    if (left === 0) return;
  }
  throw new ReadFault('is cut off: its archive ends before its end');
}
