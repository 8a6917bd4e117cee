import { UsageError } from '../../usage-error.ts';
import { type ByteFile, headOf } from './bytes.ts';
import { type FoundFile, foundFile } from './found-files.ts';
import { OPEN_LIST, OPEN_OBJECT } from './json-bytes.ts';

const DUMP_ARCHIVE = Buffer.from([0x6d, 0xe2, 0x99, 0x81]);

/** Where tar says what it is. */
const TAR_MAGIC_AT = 257;
const isTar = (head: Buffer) => head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar';

/** By a mark, or by a brace or bracket with a zero beside it. */
const isUtf16 = ([first, second]: Buffer) =>
  (first === 0xff && second === 0xfe) ||
  (first === 0xfe && second === 0xff) ||
  (second === 0 && (first === OPEN_OBJECT || first === OPEN_LIST)) ||
  (first === 0 && (second === OPEN_OBJECT || second === OPEN_LIST));

/** A file that was named itself: an archive, or one whose name, or else whose first byte, says what it is. Throws a `UsageError`. */
export async function typeOfFile(path: string, file: ByteFile): Promise<'archive' | ((name: string) => FoundFile)> {
  if (/\.(?:js|mjs|cjs)$/i.test(path))
    throw new UsageError(
      `"${path}" is a script of the database's shell: name the JSON file that it loads, or run it there and dump the database`,
    );
  if (/\.zip$/i.test(path)) throw new UsageError(`"${path}" has to be unpacked: name the folder that is in it`);
  const head = await headOf(file);
  if (/\.(?:tar|tgz|tar\.gz)$/i.test(path) || isTar(head)) return 'archive';
  return (name) => {
    const found = foundFile([''], name, file);
    const isJson = found.type === 'other' && /^(?:\xef\xbb\xbf)?\s*[{[]/.test(head.toString('latin1'));
    return isJson ? { ...found, type: 'json', base: name.replace(/(?:\.\w+)?(?:\.gz)?$/, '') } : found;
  };
}

/** Refuses by its first bytes what no reader can make anything of. Throws a `UsageError`. */
export async function requireReadable({ file, type }: FoundFile): Promise<void> {
  if (type === 'metadata') return;
  const head = await headOf(file);
  if (head.subarray(0, 4).equals(DUMP_ARCHIVE))
    throw new UsageError(`"${file.name}" was written by mongodump --archive: dump the database with --out FOLDER`);
  if (type !== 'bson' && isUtf16(head))
    throw new UsageError(`"${file.name}" is UTF-16: write it as UTF-8 (PowerShell: | Out-File -Encoding utf8)`);
}
