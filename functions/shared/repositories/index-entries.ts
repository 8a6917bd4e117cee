import { createdKeyOf } from '../domain/profile/created-key.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { entriesOf } from '../domain/profile-list/index/entries.ts';
import { placedKeyOf } from '../domain/profile-list/index/placed-key.ts';
import { indexKey, type Key, profilesTable } from './dynamodb/keys.ts';
import type { TransactionItem } from './dynamodb/writes.ts';

/** The keys of everything that the index holds of a profile, by themselves in one text; none of one that is in no part of it. */
export function entryKeysOf({ profile, fields }: IndexedProfile): ReadonlyMap<string, Key> {
  const { shard, tenantId } = profile;
  if (shard === undefined) return new Map();
  const createdKey = createdKeyOf(profile);
  return new Map(
    entriesOf(profile, fields).map(({ field, key }) => {
      const entryKey = indexKey(tenantId, shard, field, placedKeyOf({ key, createdKey }));
      return [JSON.stringify(entryKey), entryKey];
    }),
  );
}

/**
 * What makes the index of profiles that were so what it has to be for those that are so, as parts of a transaction that is made on condition of what was
 * read: nothing where both are the same. A profile takes 80 parts at most.
 */
export function entryChanges(
  before: readonly IndexedProfile[],
  after: readonly IndexedProfile[],
): Readonly<Record<string, TransactionItem>> {
  const had = new Map(before.flatMap((one) => [...entryKeysOf(one)]));
  const has = new Map(after.flatMap((one) => [...entryKeysOf(one)]));
  const items: Record<string, TransactionItem> = {};
  for (const [name, key] of has)
    if (!had.has(name)) items[`entry ${name}`] = { Put: { TableName: profilesTable(), Item: { ...key } } };
  for (const [name, key] of had)
    if (!has.has(name)) items[`entry ${name}`] = { Delete: { TableName: profilesTable(), Key: key } };
  return items;
}
