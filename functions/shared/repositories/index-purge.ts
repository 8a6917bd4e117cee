import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { entryOfPlacedKey } from '../domain/profile-list/index/placed-key.ts';
import type { IndexPartition } from '../domain/sweep/index-partitions.ts';
import type { StoredEntry } from '../domain/sweep/purge.ts';
import { profileAsRead } from './as-read.ts';
import { indexKey, type Key, profileKey, profilesTable } from './dynamodb/keys.ts';
import { inPartition, queryPage } from './dynamodb/reads.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { entryKeysOf } from './index-entries.ts';

const entryKey = z.object({ pk: z.string(), sk: z.string() });

const entryOf = (key: Key): StoredEntry => ({
  profileId: entryOfPlacedKey(key.sk).id,
  place: JSON.stringify(key),
});

/** A page of what the index of a tenant holds at one place, strongly consistent; with where to go on behind it, or nothing at the end. */
export async function listEntries(
  tenantId: string,
  { field, shard }: IndexPartition,
  after: string | undefined,
  limit: number,
): Promise<{ readonly entries: readonly StoredEntry[]; readonly next: string | undefined }> {
  const { pk } = indexKey(tenantId, shard, field, '');
  const { items, next } = await queryPage({
    ...inPartition(profilesTable(), pk),
    Limit: limit,
    ExclusiveStartKey: after === undefined ? undefined : { pk, sk: after },
  });
  return { entries: z.parse(z.array(entryKey), items).map(entryOf), next: next && z.parse(entryKey, next).sk };
}

/** That nobody has written to a profile since it was read, or that there still is none. */
function unchanged(profileId: string, owner: IndexedProfile | undefined): TransactionItem {
  const at = { TableName: profilesTable(), Key: profileKey(profileId) };
  if (owner === undefined)
    return {
      ConditionCheck: { ...at, ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(deletedAtMs)' },
    };
  return { ConditionCheck: { ...at, ...profileAsRead(owner.profile) } };
}

/**
 * Deletes an entry that its profile does not have, as it was read, or that is nobody's, where there was none; what the profile has stays. False where
 * somebody has written to the profile, made it or taken it away meanwhile.
 */
export async function deleteEntry(
  { profileId, place }: StoredEntry,
  owner: IndexedProfile | undefined,
): Promise<boolean> {
  const Key = z.parse(entryKey, JSON.parse(place));
  if (owner !== undefined && entryKeysOf(owner).has(JSON.stringify(Key))) return true;
  const items = {
    profile: unchanged(profileId, owner),
    entry: { Delete: { TableName: profilesTable(), Key } },
  };
  return (await transact(items)).size === 0;
}

/** What each intent calls. */
export const calls = {
  listEntries: ['Query indexEntry'],
  deleteEntry: ['DeleteItem indexEntry', 'ConditionCheckItem profile'],
} as const satisfies CallsByIntent;
