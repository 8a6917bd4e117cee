import type { Profile } from '../domain/profile/profile.ts';
import { entriesOf } from '../domain/profile-list/index/entries.ts';
import { SEPARATOR } from '../domain/profile-list/index/key-ranges.ts';
import { indexKey, type Key, profilesTable } from './dynamodb/keys.ts';
import type { TransactionItem } from './dynamodb/writes.ts';
import { createdKeyOf } from './profiles.ts';

/** A profile with the fields that it is indexed by as it is there. */
export interface IndexedProfile {
  readonly profile: Profile;
  readonly fields: readonly string[];
}

/** The keys of everything that the index holds of a profile, by themselves in one text; none of one that is in no part of it. */
export function entryKeysOf({ profile, fields }: IndexedProfile): ReadonlyMap<string, Key> {
  const { shard, tenantId } = profile;
  if (shard === undefined) return new Map();
  const createdKey = createdKeyOf(profile);
  return new Map(
    entriesOf(profile, fields).map(({ field, key }) => {
      const entryKey = indexKey(tenantId, shard, field, `${key}${SEPARATOR}${createdKey}`);
      return [JSON.stringify(entryKey), entryKey];
    }),
  );
}

/**
 * What makes the index of a profile that was so what it has to be for one that is so, as parts of a transaction that is made on condition of what was
 * read: nothing where both are the same.
 */
export function entryChanges(
  before: IndexedProfile | undefined,
  after: IndexedProfile | undefined,
): Readonly<Record<string, TransactionItem>> {
  const had = before === undefined ? new Map<string, Key>() : entryKeysOf(before);
  const has = after === undefined ? new Map<string, Key>() : entryKeysOf(after);
  const items: Record<string, TransactionItem> = {};
  for (const [name, key] of has)
    if (!had.has(name)) items[`entry ${name}`] = { Put: { TableName: profilesTable(), Item: { ...key } } };
  for (const [name, key] of had)
    if (!has.has(name)) items[`entry ${name}`] = { Delete: { TableName: profilesTable(), Key: key } };
  return items;
}
