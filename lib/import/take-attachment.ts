import { createHash } from 'node:crypto';
import { setting } from '../../functions/shared/config/configuration.ts';
import { attachmentName, attachmentTypes, isOfType } from '../../functions/shared/domain/attachment/attachment-file.ts';
import { storeAttachment } from '../../functions/shared/domain/attachment/store-attachment.ts';
import { findAttachment, objectKeysOf, putAttachment } from '../../functions/shared/repositories/attachments.ts';
import { deleteObjects, putObject } from '../../functions/shared/repositories/bucket.ts';
import { reportLeftover } from '../../functions/shared/repositories/sweeps.ts';
import { type Importing, writes } from './importing.ts';
import type { KeySet } from './key-set.ts';
import { Rejected } from './records/rejected.ts';

/** An attachment as the files describe it. */
export interface AttachmentRecord {
  /** ObjectId. */
  readonly id: string;
  readonly profileId: string;
  /** Without extension. */
  readonly fileName: string;
  readonly contentType: string;
  /** Undefined where the files do not say. */
  readonly sizeBytes: number | undefined;
  /** Hexadecimal; undefined where the files do not say. */
  readonly md5: string | undefined;
}

/** Another import of the same may have stored it by now, under the same key: what is in use is never deleted. */
const storeOf = ({ profileId, fileName }: AttachmentRecord) => ({
  findAttachment,
  putAttachment,
  putObject,
  reportLeftover,
  deleteObjects: async (keys: readonly string[]) => {
    const current = await findAttachment(profileId, fileName);
    await deleteObjects(keys.filter((key) => key !== current?.objectKey));
  },
});

const md5Of = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** Throws a `Rejected` for bytes that are not those of the record, or that an upload would not take (contract 6.9). */
function requireTakeable({ fileName, contentType, sizeBytes, md5 }: AttachmentRecord, bytes: Uint8Array): void {
  const limit = setting('uploadLimitBytes');
  if (sizeBytes !== undefined && sizeBytes !== bytes.length)
    throw new Rejected('length', `says ${sizeBytes} bytes, and there are ${bytes.length}`);
  if (md5 !== undefined && md5.toLowerCase() !== md5Of(bytes)) throw new Rejected('md5', 'is not that of the bytes');
  if (attachmentName(`${fileName}.x`)?.baseName !== fileName)
    throw new Rejected('filename', 'cannot name an attachment');
  if (bytes.length > limit)
    throw new Rejected('length', `is ${bytes.length} bytes, and ${limit} is what an upload may have`);
  if (!attachmentTypes.includes(contentType)) throw new Rejected('contentType', 'is none that attachments may have');
  if (!isOfType(bytes, contentType)) throw new Rejected('contentType', 'is not what the bytes are');
}

/** Imports one attachment: `there` where it is stored already. Throws a `Rejected`. */
export async function takeAttachment(
  importing: Importing,
  known: KeySet,
  record: AttachmentRecord,
  bytes: Uint8Array,
): Promise<'imported' | 'there' | 'missing'> {
  const { profileId, fileName, contentType, id } = record;
  requireTakeable(record, bytes);
  const isWritten = writes(importing);
  const profile = isWritten || !known.has(profileId) ? await importing.stored.findProfile(profileId) : undefined;
  if (profile === undefined && (isWritten || !known.has(profileId)))
    throw new Rejected('filename', 'names a profile that is neither in the files nor here');
  const stored = await importing.stored.findAttachment(profileId, fileName);
  const md5 = md5Of(bytes);
  if (stored !== undefined) {
    if (stored.id === id && stored.md5 === md5) return 'there';
    throw new Rejected('filename', 'names an attachment that the profile has here, and that is another one');
  }
  if (importing.options.verify) return 'missing';
  if (profile === undefined || !isWritten) return 'imported';
  const uploaded = {
    id,
    fileName,
    contentType,
    sizeBytes: bytes.length,
    md5,
    // The same at each call: what one that was killed has left is taken up by the next.
    objectKey: `${objectKeysOf(profileId)}${id}`,
  };
  await storeAttachment(storeOf(record), profile, uploaded, bytes, undefined);
  return 'imported';
}
