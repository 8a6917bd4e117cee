import { describeError, log } from '../../config/logger.ts';
import { noSuchProfile } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import type { Attachment } from './attachment-file.ts';

/** Where attachments and their bytes are kept. */
export interface AttachmentStore {
  findAttachment(profileId: string, fileName: string): Promise<Attachment | undefined>;
  putAttachment(
    profile: Profile,
    attachment: Attachment,
    replaced: Attachment | undefined,
  ): Promise<'stored' | 'profileGone' | 'replacedMeanwhile'>;
  putObject(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  deleteObjects(keys: readonly string[]): Promise<void>;
  /** Tells that an object may have come too late to go with its profile. */
  reportLeftover(profileId: string, atMs: number): Promise<void>;
}

/** Deletes objects that nobody refers to; false where one stays. That harms nobody: the next upload of the name or the profile's end takes it along. */
async function discard({ deleteObjects }: AttachmentStore, keys: readonly (string | undefined)[]): Promise<boolean> {
  try {
    await deleteObjects(keys.flatMap((key) => key ?? []));
    return true;
  } catch (fault) {
    log().warn('An object of an attachment could not be deleted', { error: describeError(fault) });
    return false;
  }
}

/** The profile's end may have come already, before its object: then nobody would take that along. */
async function report(store: AttachmentStore, profileId: string): Promise<void> {
  try {
    await store.reportLeftover(profileId, Date.now());
  } catch (fault) {
    log().warn('An object of an attachment may be left over', { error: describeError(fault) });
  }
}

/**
 * Makes the item point to the new object; what is stored then decides. An upload of the same name that came between needs no second try: it took this
 * one's place at once, and an object that is not in use goes again. Where nobody knows what became of the write it may still be carried out, and the
 * object stays: unless an item comes to point to it, it goes with the profile, or, where that went before, by what is reported here.
 */
async function commit(
  store: AttachmentStore,
  profile: Profile,
  attachment: Attachment,
  replaced: Attachment | undefined,
): Promise<Attachment> {
  let outcome: 'profileGone' | 'replacedMeanwhile' | undefined;
  let fault: unknown = noSuchProfile(`with ID "${profile.id}"`);
  try {
    const known = await store.putAttachment(profile, attachment, replaced);
    if (known === 'stored') return attachment;
    outcome = known;
  } catch (unknown) {
    fault = unknown;
  }
  const current = await store.findAttachment(profile.id, attachment.fileName);
  if (current?.objectKey === attachment.objectKey) return attachment;
  const isGone = outcome !== undefined && (await discard(store, [attachment.objectKey]));
  if (!isGone && outcome !== 'replacedMeanwhile') await report(store, profile.id);
  if (outcome === 'replacedMeanwhile' && current !== undefined) return { ...attachment, id: current.id };
  throw fault;
}

/**
 * Stores an attachment in place of the one of its name, if any, whose id it keeps (contract 5.45). The bytes come first, under a key of their own,
 * so that at every moment the item points to a whole object; whatever fails, the old one stays.
 */
export async function storeAttachment(
  store: AttachmentStore,
  profile: Profile,
  uploaded: Attachment,
  bytes: Uint8Array,
  replaced: Attachment | undefined,
): Promise<Attachment> {
  const attachment = { ...uploaded, id: replaced?.id ?? uploaded.id, replacedKey: replaced?.objectKey };
  try {
    await store.putObject(attachment.objectKey, bytes, attachment.contentType);
  } catch (fault) {
    if (!(await discard(store, [attachment.objectKey]))) await report(store, profile.id);
    throw fault;
  }
  const stored = await commit(store, profile, attachment, replaced);
  await discard(store, [replaced?.objectKey, replaced?.replacedKey]);
  return stored;
}
