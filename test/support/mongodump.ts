import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Document, serialize } from 'bson';
import { Header } from 'tar';

/** Documents as a `.bson` file has them. */
export const bsonOf = (...documents: readonly Document[]): Buffer =>
  Buffer.concat(documents.map((document) => serialize(document, { ignoreUndefined: false })));

/** A file of a dump by its path below the folder. */
export type DumpFiles = ReadonlyMap<string, Buffer>;

/** What mongodump writes of one database: for each collection its documents and what it says of it. */
export function dumpOf(
  database: string,
  collections: Readonly<Record<string, readonly Document[]>>,
  { isGzip = false } = {},
): DumpFiles {
  const packed = (path: string, bytes: Buffer): [string, Buffer] =>
    isGzip ? [`${path}.gz`, gzipSync(bytes)] : [path, bytes];
  const files = Object.entries(collections).flatMap(([name, documents]) => {
    const indexes = [{ v: 2, key: { _id: 1 }, name: '_id_', ns: `${database}.${name}` }];
    const metadata = {
      options: {},
      indexes,
      uuid: '0123456789abcdef0123456789abcdef',
      collectionName: name,
      type: 'collection',
    };
    const path = `${database}/${encodeURIComponent(name)}`;
    return [
      packed(`${path}.bson`, bsonOf(...documents)),
      packed(`${path}.metadata.json`, Buffer.from(JSON.stringify(metadata))),
    ];
  });
  return new Map(files);
}

/** Writes files below a folder, made where it is missing. */
export function writeFiles(folder: string, files: DumpFiles): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

const BLOCK_BYTES = 512;

/** An entry of an archive that is no plain file. */
export interface OddEntry {
  readonly type: 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'Directory';
  readonly path: string;
  readonly linkpath?: string;
}

function headed(header: Header, bytes: Buffer): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  header.encode(block, 0);
  return Buffer.concat([block, bytes, Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES)]);
}

/** The files in a tar archive, odd entries behind them. */
export function tarOf(files: DumpFiles, ...odd: readonly OddEntry[]): Buffer {
  const common = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) };
  return Buffer.concat([
    ...[...files].map(([path, bytes]) =>
      headed(new Header({ ...common, path, size: bytes.length, type: 'File' }), bytes),
    ),
    ...odd.map((entry) => headed(new Header({ ...common, ...entry, size: 0 }), Buffer.alloc(0))),
    Buffer.alloc(2 * BLOCK_BYTES),
  ]);
}
