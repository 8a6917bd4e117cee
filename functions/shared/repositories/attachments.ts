import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { Attachment } from '../domain/attachment/attachment-file.ts';
import { inParallel } from '../domain/concurrency/in-parallel.ts';
import { type Profile, subjectOf } from '../domain/profile/profile.ts';
import { deleteObjects, listObjects } from './bucket.ts';
import { attachmentKey, type Key, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getItem, queryItems, type StoredItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, transact } from './dynamodb/writes.ts';

const attachmentItem = everyFieldOf<Attachment>()({
  id: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
  md5: z.string(),
  objectKey: z.string(),
  replacedKey: z.optional(z.string()),
});

const attachmentOf = (item: StoredItem): Attachment => z.parse(attachmentItem, item);

/** Keys and values as they are stored. */
export const attachmentToItem = (profileId: string, attachment: Attachment) => ({
  ...attachmentKey(profileId, attachment.fileName),
  ...attachment,
});

/** Every object of a profile's attachments has a key that begins so. */
export const objectKeysOf = (profileId: string) => `${profileId}/`;

/** Undefined where the profile has none of that name. */
export async function findAttachment(profileId: string, fileName: string): Promise<Attachment | undefined> {
  const item = await getItem(profilesTable(), attachmentKey(profileId, fileName));
  return item && attachmentOf(item);
}

async function listItems(profileId: string): Promise<readonly StoredItem[]> {
  const { pk, sk } = attachmentKey(profileId, '');
  return queryItems({
    TableName: profilesTable(),
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
  });
}

/** All attachments of a profile, sorted by name. */
export async function listAttachments(profileId: string): Promise<readonly Attachment[]> {
  return (await listItems(profileId)).map(attachmentOf);
}

/**
 * Stores an attachment in place of the one that was read, if any, and only while the profile is there. Its pending changes do not matter here, so the
 * condition leaves the applied version out.
 */
export async function putAttachment(
  profile: Profile,
  attachment: Attachment,
  replaced: Attachment | undefined,
): Promise<'stored' | 'profileGone' | 'replacedMeanwhile'> {
  const table = profilesTable();
  noteChange(subjectOf(profile), ['attachment']);
  const failed = await transact({
    attachment: {
      Put: {
        TableName: table,
        Item: attachmentToItem(profile.id, attachment),
        ...(replaced === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'objectKey = :old', ExpressionAttributeValues: { ':old': replaced.objectKey } }),
      },
    },
    profile: {
      ConditionCheck: {
        TableName: table,
        Key: profileKey(profile.id),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deletedAtMs) AND tenantId = :tenantId',
        ExpressionAttributeValues: { ':tenantId': profile.tenantId },
      },
    },
  });
  if (failed.size === 0) return 'stored';
  return failed.has('profile') ? 'profileGone' : 'replacedMeanwhile';
}

const PARALLEL_DELETES = 25;

const deleteItems = (keys: readonly Key[]) =>
  inParallel(keys, PARALLEL_DELETES, (key) => deleteItem(profilesTable(), key));

/**
 * Deletes all attachments of a profile that takes no new ones any more: their items, and every object under the profile's prefix, those that no
 * item knows included. Rejects where something stays; it can be called again then.
 */
export async function deleteAttachmentsOf(profileId: string): Promise<void> {
  const [items, objects] = await Promise.all([listItems(profileId), listObjects(objectKeysOf(profileId))]);
  if (items.length > 0) noteChange({ profileId }, ['attachment']);
  const keys = items.map(({ sk }) => ({ ...attachmentKey(profileId, ''), sk: z.parse(z.string(), sk) }));
  await Promise.all([deleteItems(keys), deleteObjects(objects)]);
}

/** What each intent calls. */
export const calls = {
  findAttachment: ['Get profile'],
  listAttachments: ['Query profile'],
  putAttachment: ['PutItem profile', 'ConditionCheckItem profile'],
  deleteAttachmentsOf: ['Query profile', 'DeleteItem profile', 'ListObjects attachment', 'DeleteObjects attachment'],
} as const satisfies CallsByIntent;
