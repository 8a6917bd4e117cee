import { setting } from '../../functions/shared/config/configuration.ts';
import { inParallel } from '../../functions/shared/domain/concurrency/in-parallel.ts';
import { isObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { type Importing, writes } from './importing.ts';
import { KeySet } from './key-set.ts';
import { type Found, readRecords } from './read-records.ts';
import type { Fields } from './records/fields.ts';
import { objectIdIn } from './records/object-id.ts';
import { Rejected } from './records/rejected.ts';
import { type AttachmentRecord, takeAttachment, tooLarge } from './take-attachment.ts';

const [FILES, CHUNKS] = ['fs.files', 'fs.chunks'];
/** Of files whose chunks are not all there yet: those of more are read in another pass. */
const WAITING_BYTES = 64 * 1024 * 1024;
const STORED_AT_ONCE = 8;
const TWICE = 'is there twice: the first one is taken';

interface Chunk {
  readonly fileId: string;
  readonly n: number;
  readonly bytes: Buffer;
}

function fileRecord(fields: Fields): AttachmentRecord {
  const filename = fields.text('filename') ?? '';
  const [, profileId = '', fileName = ''] = /^\/([^/]+)\/([^/]+)$/.exec(filename) ?? [];
  if (!isObjectId(profileId))
    return fields.reject('filename', 'is not /PROFILE/NAME: it is no attachment of a profile');
  return {
    id: objectIdIn(fields) ?? fields.reject('_id', 'is missing'),
    profileId: profileId.toLowerCase(),
    fileName,
    contentType: fields.text('contentType') ?? '',
    sizeBytes: fields.wholeNumber('length'),
    md5: fields.text('md5'),
  };
}

function chunkRecord(fields: Fields): Chunk {
  const fileId = fields.text('files_id') ?? fields.reject('files_id', 'is missing');
  const n = fields.wholeNumber('n') ?? fields.reject('n', 'is missing');
  return { fileId: fileId.toLowerCase(), n, bytes: Buffer.from(fields.text('data') ?? '', 'base64') };
}

/** The chunks of one file, as far as they have come. */
class Waiting {
  readonly found: Found<AttachmentRecord>;
  readonly #chunks = new Map<number, Buffer>();
  #isDoubled = false;
  bytes = 0;

  constructor(found: Found<AttachmentRecord>) {
    this.found = found;
  }

  add({ n, bytes }: Chunk): void {
    if (this.#chunks.has(n)) this.#isDoubled = true;
    else {
      this.#chunks.set(n, bytes);
      this.bytes += bytes.length;
    }
  }

  /** As many bytes as the file says that it has; where it does not say, `most` and more. */
  isComplete(most: number): boolean {
    const { sizeBytes } = this.found.record;
    return sizeBytes === undefined ? this.bytes > most : this.bytes >= sizeBytes;
  }

  /** The bytes in the order of the chunks. Throws a `Rejected` where one is missing or there twice. */
  get whole(): Buffer {
    if (this.#isDoubled) throw new Rejected('chunks', 'has a chunk twice');
    const count = this.#chunks.size;
    for (let n = 0; n < count; n++) if (!this.#chunks.has(n)) throw new Rejected('chunks', `lacks chunk ${n}`);
    return Buffer.concat(Array.from({ length: count }, (_, n) => this.#chunks.get(n) ?? Buffer.alloc(0)));
  }

  /** Whatever there is, for people to look at. */
  get rest(): Buffer {
    return Buffer.concat([...this.#chunks].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
  }
}

/** Imports attachments out of the files and chunks of GridFS, a part of them at a time. */
export class GridFsImport {
  readonly #importing: Importing;
  readonly #profiles: KeySet;
  readonly #open = new Map<string, Found<AttachmentRecord>>();

  constructor(importing: Importing, profiles: KeySet) {
    this.#importing = importing;
    this.#profiles = profiles;
  }

  /** Of a file there is no need to hold more bytes in memory than can be taken, unless they are kept. */
  get #mostBytes(): number {
    const { keptFolder } = this.#importing.options;
    return keptFolder === undefined ? setting('uploadLimitBytes') : Number.POSITIVE_INFINITY;
  }

  async run(): Promise<void> {
    await this.#readFiles();
    let isFirst = true;
    while (this.#open.size > 0) {
      const before = this.#open.size;
      await this.#pass(isFirst);
      isFirst = false;
      if (this.#open.size === before) throw new Error('Attachments could not be put together');
    }
  }

  /** Of two of one name the old server served the first. */
  async #readFiles(): Promise<void> {
    const { report, heard } = this.#importing;
    const names = new KeySet();
    for await (const found of readRecords(this.#importing, FILES, fileRecord, heard)) {
      const { profileId, fileName, id, sizeBytes = 0 } = found.record;
      if (!names.add(`${profileId}/${fileName}`)) report.reject(found.origin, 'filename', TWICE);
      else if (this.#open.has(id)) report.reject(found.origin, '_id', TWICE);
      else if (sizeBytes > this.#mostBytes) report.reject(found.origin, 'length', tooLarge(sizeBytes));
      else this.#open.set(id, found);
    }
  }

  /** Takes files from the first on until too many bytes wait for the rest of their file; files that have no chunk at all are told at the end. */
  async #pass(isFirst: boolean): Promise<void> {
    const { report } = this.#importing;
    const waiting = new Map<string, Waiting>();
    const later = new Set<string>();
    let bytes = 0;
    let whole: Waiting[] = [];
    const heard = isFirst ? this.#importing.heard : undefined;
    for await (const { record } of readRecords(this.#importing, CHUNKS, chunkRecord, heard)) {
      const found = this.#open.get(record.fileId);
      if (found === undefined) {
        if (isFirst) report.odd({ kind: 'a chunk is of no attachment that was taken', field: 'files_id' });
        continue;
      }
      if (!waiting.has(record.fileId) && (later.has(record.fileId) || bytes > WAITING_BYTES)) {
        later.add(record.fileId);
        continue;
      }
      const file = waiting.get(record.fileId) ?? new Waiting(found);
      waiting.set(record.fileId, file);
      bytes += record.bytes.length;
      file.add(record);
      if (!file.isComplete(this.#mostBytes)) continue;
      whole.push(file);
      waiting.delete(record.fileId);
      this.#open.delete(record.fileId);
      if (whole.length < STORED_AT_ONCE) continue;
      bytes -= await this.#takeAll(whole);
      whole = [];
    }
    for (const [id, file] of waiting) {
      this.#open.delete(id);
      whole.push(file);
    }
    await this.#takeAll(whole);
    for (const [id, found] of this.#open) {
      if (later.has(id)) continue;
      this.#open.delete(id);
      await this.#takeAll([new Waiting(found)]);
    }
  }

  async #takeAll(files: readonly Waiting[]): Promise<number> {
    const sizes = await inParallel(files, STORED_AT_ONCE, async (file) => {
      await this.#take(file);
      return file.bytes;
    });
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  async #take(file: Waiting): Promise<void> {
    const { report } = this.#importing;
    const { record, origin } = file.found;
    try {
      report.count('attachment', await takeAttachment(this.#importing, this.#profiles, record, file.whole));
    } catch (fault) {
      if (!(fault instanceof Rejected)) throw fault;
      report.reject(origin, fault.field, fault.message);
      this.#keep(file);
    }
  }

  #keep(file: Waiting): void {
    const { keptFolder } = this.#importing.options;
    if (keptFolder === undefined || !writes(this.#importing)) return;
    const { id, profileId, fileName } = file.found.record;
    const name = `${profileId}-${id}-${fileName.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80)}`;
    keptFolder.keep(name, file.rest);
  }
}
