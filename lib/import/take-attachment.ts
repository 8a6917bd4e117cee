import { createHash } from 'node:crypto';
import { setting } from '../../functions/shared/config/configuration.ts';
import {
  type Attachment,
  attachmentName,
  attachmentTypes,
  isOfType,
} from '../../functions/shared/domain/attachment/attachment-file.ts';
import { storeAttachment } from '../../functions/shared/domain/attachment/store-attachment.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { findAttachment, objectKeysOf, putAttachment } from '../../functions/shared/repositories/attachments.ts';
import { deleteObjects, findObject, putObject } from '../../functions/shared/repositories/bucket.ts';
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

/** Why so many bytes are not taken. */
export const tooLarge = (bytes: number): string =>
  `is ${bytes} bytes, and ${setting('uploadLimitBytes')} is what an upload may have`;

const md5Of = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** Throws a `Rejected` for bytes that are not those of the record, or that an upload would not take (contract 6.9). */
function requireTakeable({ fileName, contentType, sizeBytes, md5 }: AttachmentRecord, bytes: Uint8Array): void {
  if (sizeBytes !== undefined && sizeBytes !== bytes.length)
    throw new Rejected('length', `says ${sizeBytes} bytes, and there are ${bytes.length}`);
  if (md5 !== undefined && md5.toLowerCase() !== md5Of(bytes)) throw new Rejected('md5', 'is not that of the bytes');
  if (attachmentName(`${fileName}.x`)?.baseName !== fileName)
    throw new Rejected('filename', 'cannot name an attachment');
  if (bytes.length > setting('uploadLimitBytes')) throw new Rejected('length', tooLarge(bytes.length));
  if (!attachmentTypes.includes(contentType)) throw new Rejected('contentType', 'is none that attachments may have');
  if (!isOfType(bytes, contentType)) throw new Rejected('contentType', 'is not what the bytes are');
}

/** The profile that an attachment goes to; undefined where it is in the files, and nothing is written. Throws a `Rejected`. */
async function profileOf(importing: Importing, known: KeySet, profileId: string): Promise<Profile | undefined> {
  const isKnown = known.has(profileId);
  if (isKnown && !writes(importing)) return undefined;
  // Who has its id here may be somebody else.
  if (!isKnown && importing.report.isLeftBehind(profileId))
    throw new Rejected('filename', 'names a profile that was not taken');
  const profile = await importing.stored.findProfile(profileId);
  if (profile === undefined) throw new Rejected('filename', 'names a profile that is neither in the files nor here');
  return profile;
}

/** Whether the bucket has the bytes that it should have. */
async function hasBytes({ objectKey }: Attachment, md5: string): Promise<boolean> {
  const bytes = await findObject(objectKey);
  return bytes !== undefined && md5Of(bytes) === md5;
}

/** Imports one attachment: `there` where it is stored already; a comparison looks at its stored bytes, too. Throws a `Rejected`. */
export async function takeAttachment(
  importing: Importing,
  known: KeySet,
  record: AttachmentRecord,
  bytes: Uint8Array,
): Promise<'imported' | 'there' | 'different' | 'missing'> {
  const { profileId, fileName, contentType, id } = record;
  const { verify } = importing.options;
  requireTakeable(record, bytes);
  const profile = await profileOf(importing, known, profileId);
  const stored = await importing.stored.findAttachment(profileId, fileName);
  const md5 = md5Of(bytes);
  if (stored !== undefined) {
    if (stored.id === id && stored.md5 === md5 && stored.contentType === contentType)
      return verify && !(await hasBytes(stored, md5)) ? 'different' : 'there';
    throw new Rejected('filename', 'names an attachment that the profile has here, and that is another one');
  }
  if (verify) return 'missing';
  if (profile === undefined || !writes(importing)) return 'imported';
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
