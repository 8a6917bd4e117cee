import { constants, existsSync } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { inParallel } from '../../functions/shared/domain/concurrency/in-parallel.ts';
import { isObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { ATTACHMENTS_FOLDER } from '../export/manifest.ts';
import type { Importing } from './importing.ts';
import type { KeySet } from './key-set.ts';
import { type Found, readRecords } from './read-records.ts';
import type { Fields } from './records/fields.ts';
import { objectIdIn } from './records/object-id.ts';
import { Rejected } from './records/rejected.ts';
import { type AttachmentRecord, takeAttachment } from './take-attachment.ts';

/** Collection of the lines that tell of attachments in an export of our own. */
export const OWN_ATTACHMENTS = 'attachment';
/** Their bytes are in memory. */
const STORED_AT_ONCE = 8;

interface OwnRecord extends AttachmentRecord {
  /** Below the folder of the export. */
  readonly file: string;
}

const isOwnFile = (file: string) => /^[^/]+\/[1-9]\d{0,9}$/.test(file) && dirname(file) === ATTACHMENTS_FOLDER;

function profileIdIn(fields: Fields): string {
  const id = fields.text('profile') ?? fields.reject('profile', 'is missing');
  return isObjectId(id) ? id.toLowerCase() : fields.reject('profile', 'is no ObjectId');
}

function ownRecord(fields: Fields): OwnRecord {
  const file = fields.text('file') ?? '';
  if (!isOwnFile(file)) return fields.reject('file', 'is none that an export has');
  return {
    id: objectIdIn(fields) ?? fields.reject('_id', 'is missing'),
    profileId: profileIdIn(fields),
    fileName: fields.text('name') ?? '',
    contentType: fields.text('contentType') ?? '',
    sizeBytes: fields.wholeNumber('length'),
    md5: fields.text('md5'),
    file,
  };
}

/** Throws a `Rejected` where the bytes are not there, are more than the line says, or would be read through a link. */
async function bytesOf({ record, origin }: Found<OwnRecord>, folders: readonly string[]): Promise<Buffer> {
  const places = folders.map((folder) => resolve(folder, dirname(origin.file)));
  const place = places.find((one) => existsSync(join(one, record.file)));
  if (place === undefined) throw new Rejected('file', 'is not there');
  if (!(await lstat(join(place, ATTACHMENTS_FOLDER))).isDirectory()) throw new Rejected('file', 'is behind a link');
  const file = await open(join(place, record.file), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
    throw new Rejected('file', 'is a link, or cannot be read');
  });
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new Rejected('file', 'is no file');
    if (found.size !== record.sizeBytes)
      throw new Rejected('length', `says ${record.sizeBytes} bytes, and there are ${found.size}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Imports the attachments of exports of our own, whose bytes are files beside the lines that tell of them. `folders` are those that were named, below which the files
 * of the source are, or that they were named from.
 */
export async function importOwnAttachments(
  importing: Importing,
  profiles: KeySet,
  folders: readonly string[],
): Promise<void> {
  const { report } = importing;
  const take = async (found: Found<OwnRecord>) => {
    try {
      const bytes = await bytesOf(found, folders);
      report.count('attachment', await takeAttachment(importing, profiles, found.record, bytes));
    } catch (fault) {
      if (!(fault instanceof Rejected)) throw fault;
      report.reject(found.origin, fault.field, fault.message);
    }
  };
  let waiting: Found<OwnRecord>[] = [];
  const flush = async () => {
    await inParallel(waiting, STORED_AT_ONCE, take);
    waiting = [];
  };
  for await (const found of readRecords(importing, OWN_ATTACHMENTS, ownRecord, importing.heard)) {
    waiting.push(found);
    if (waiting.length === STORED_AT_ONCE) await flush();
  }
  await flush();
}
