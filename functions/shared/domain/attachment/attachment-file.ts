import { gunzipSync } from 'node:zlib';
import { isDrawing } from './drawing.ts';

/** An image of a profile (contract 2.7); its bytes are in the bucket. */
export interface Attachment {
  readonly id: string;
  /** Without extension: names the attachment in its profile. */
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly md5: string;
  readonly objectKey: string;
  /** The object that this one took the place of, deleted by then unless that failed. */
  readonly replacedKey?: string | undefined;
}

const NAME_LIMIT_BYTES = 255;
/** A drawing that unpacks to more is taken for an attack on its readers. */
const UNPACKED_LIMIT_BYTES = 16 * 1024 * 1024;

const DRAWING = 'image/svg+xml';
const GZIP = '\x1f\x8b';

/** The part of a file name before its last extension names the attachment in its profile (contract 6.9). */
interface AttachmentName {
  readonly baseName: string;
  /** Without the dot; empty where the name has none. */
  readonly extension: string;
}

/** The name without any folders; undefined where it cannot name an attachment (contract 6.9). */
export function attachmentName(fileName: string): AttachmentName | undefined {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (/[\p{Cc}\p{Cs}]/u.test(name) || Buffer.byteLength(name) > NAME_LIMIT_BYTES) return undefined;
  const dot = name.lastIndexOf('.');
  const baseName = dot === -1 ? name : name.slice(0, dot);
  // The base name is a segment of a URL: `.` and `..` would vanish from it.
  if (/^[\s.]*$/.test(baseName)) return undefined;
  return { baseName, extension: dot === -1 ? '' : name.slice(dot + 1) };
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['bmp', 'image/bmp'],
  ['gif', 'image/gif'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['jpe', 'image/jpeg'],
  ['png', 'image/png'],
  ['tiff', 'image/tiff'],
  ['tif', 'image/tiff'],
  ['svg', DRAWING],
  ['svgz', DRAWING],
]);

/** Every content type that an attachment can have. */
export const attachmentTypes: readonly string[] = [...new Set(contentTypes.values())];

/** The content type of an extension in any case; undefined where it is not allowed (contract 6.9). */
export const contentTypeOf = (extension: string): string | undefined => contentTypes.get(extension.toLowerCase());

const signatures: ReadonlyMap<string, (bytes: Uint8Array) => boolean> = new Map([
  // Two letters are little to go by: the size of the header that follows has to be one of a real header, too.
  ['image/bmp', (bytes) => startsWith(bytes, 'BM') && bitmapHeaderSizes.has(littleEndian32(bytes, 14))],
  ['image/gif', (bytes) => startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')],
  ['image/jpeg', (bytes) => startsWith(bytes, '\xff\xd8\xff')],
  ['image/png', (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n')],
  ['image/tiff', (bytes) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((start) => startsWith(bytes, start))],
  [DRAWING, (bytes) => isDrawing(startsWith(bytes, GZIP) ? unpacked(bytes) : bytes)],
]);

/** Whether a file is what its name says (contract 9.1 #52); false for a type that is not allowed. */
export const isOfType = (bytes: Uint8Array, contentType: string): boolean =>
  signatures.get(contentType)?.(bytes) ?? false;

/** How the bytes are packed, as HTTP names it: a drawing may be (`svgz`). */
export const contentEncodingOf = (bytes: Uint8Array, contentType: string): 'gzip' | undefined =>
  contentType === DRAWING && startsWith(bytes, GZIP) ? 'gzip' : undefined;

const startsWith = (bytes: Uint8Array, latin1: string) =>
  Buffer.from(latin1, 'latin1').equals(bytes.subarray(0, latin1.length));

const bitmapHeaderSizes: ReadonlySet<number | undefined> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

const littleEndian32 = (bytes: Uint8Array, offset: number): number | undefined =>
  bytes.length < offset + 4 ? undefined : Buffer.from(bytes.subarray(offset, offset + 4)).readUInt32LE();

/** Nothing where the file is damaged or too large: it is then no drawing that we take. */
function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED_LIMIT_BYTES });
  } catch {
    return new Uint8Array();
  }
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size for people, for example `1.5 KB` (contract 6.9). Ties go to the even digit, as the JVM's number format has it. */
export function fileSizeText(bytes: number): string {
  if (bytes === 0) return '0';
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const size = bytes / 1024 ** power;
  return `${size.toLocaleString('en-US', { maximumFractionDigits: 1, roundingMode: 'halfEven' })} ${units[power]}`;
}
