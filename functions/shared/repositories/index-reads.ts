import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { idOfCreatedKey } from '../domain/profile/created-key.ts';
import {
  type Entry,
  type EntryPage,
  type IndexPlace,
  type Look,
  MOST_KEYS,
} from '../domain/profile-list/index/entry-page.ts';
import {
  isEmptyRange,
  type KeyRange,
  RANGE_OF_CREATION,
  restOfSpan,
  sideOf,
  spanOf,
} from '../domain/profile-list/index/key-ranges.ts';
import { entryOfPlacedKey, placedKeyOf } from '../domain/profile-list/index/placed-key.ts';
import { indexKey, profileIdOf, profileKey, profilesTable } from './dynamodb/keys.ts';
import { queryPage } from './dynamodb/reads.ts';
import { emailKeyOf } from './profiles.ts';

/** One partition of an index. */
interface Partition {
  /** Without the range. */
  readonly input: QueryCommandInput;
  /** The attribute that sorts it. */
  readonly sortKey: string;
  /** What an entry sorts by there. */
  sortOf(entry: Entry): string;
  /** Its whole key, to go on behind it. */
  startOf(entry: Entry): Record<string, string>;
  entryOf(item: Readonly<Record<string, unknown>>): Entry;
}

const nothing: EntryPage = { entries: [], isLast: true };

/** The part of a range that a look is for; undefined: nothing is left of it. A start outside of it, which the store refuses, is none. */
function restOf(range: KeyRange, startKey: string | undefined, order: Look['order']) {
  const span = spanOf(range);
  if (startKey === undefined) return { span, isWithin: false };
  const side = sideOf(range, startKey);
  if (side === (order === 'ASC' ? 'behind' : 'before')) return undefined;
  return side === 'within' ? { span: restOfSpan(span, startKey, order), isWithin: true } : { span, isWithin: false };
}

/** A page of a partition. */
async function pageOf(partition: Partition, range: KeyRange, { order, limit, after }: Look): Promise<EntryPage> {
  const rest = restOf(range, after && partition.sortOf(after), order);
  if (isEmptyRange(range) || rest === undefined) return nothing;
  const { input, sortKey } = partition;
  const { items, next } = await queryPage({
    ...input,
    KeyConditionExpression: '#partition = :pk AND #sort BETWEEN :from AND :below',
    ExpressionAttributeNames: { ...input.ExpressionAttributeNames, '#sort': sortKey },
    ExpressionAttributeValues: {
      ...input.ExpressionAttributeValues,
      ':from': rest.span.from,
      ':below': rest.span.below,
    },
    ScanIndexForward: order === 'ASC',
    Limit: limit && Math.min(limit, MOST_KEYS),
    ExclusiveStartKey: after && rest.isWithin ? partition.startOf(after) : undefined,
  });
  return { entries: items.map(partition.entryOf), isLast: next === undefined };
}

const ofPartition = (name: string, value: string) => ({
  TableName: profilesTable(),
  ExpressionAttributeNames: { '#partition': name },
  ExpressionAttributeValues: { ':pk': value },
});

const entryItem = z.object({ sk: z.string() });
const emailItem = z.object({ emailOrderKey: z.string() });
const usernameItem = z.object({ pk: z.string(), username: z.string() });
const createdItem = z.object({ createdKey: z.string() });

const createdEntry = (item: Readonly<Record<string, unknown>>): Entry => {
  const { createdKey } = z.parse(createdItem, item);
  return { key: '', createdKey, id: idOfCreatedKey(createdKey) };
};

/** A page of entries of one field in one part of the index by values, strongly consistent. */
export function listEntryPage({ tenantId, shard, field }: IndexPlace, range: KeyRange, look: Look): Promise<EntryPage> {
  const { pk } = indexKey(tenantId, shard, field, '');
  const partition: Partition = {
    input: { ...ofPartition('pk', pk), ConsistentRead: true },
    sortKey: 'sk',
    sortOf: placedKeyOf,
    startOf: (entry) => ({ pk, sk: placedKeyOf(entry) }),
    entryOf: (item) => entryOfPlacedKey(z.parse(entryItem, item).sk),
  };
  return pageOf(partition, range, look);
}

/** A page of a tenant's profiles by e-mail address as it is written; it follows a write by milliseconds. */
export function listEmailPage(tenantId: string, range: KeyRange, look: Look): Promise<EntryPage> {
  const partition: Partition = {
    input: { ...ofPartition('tenantId', tenantId), IndexName: 'byEmailOrder' },
    sortKey: 'emailOrderKey',
    sortOf: placedKeyOf,
    startOf: (entry) => ({ ...profileKey(entry.id), tenantId, emailOrderKey: placedKeyOf(entry) }),
    entryOf: (item) => entryOfPlacedKey(z.parse(emailItem, item).emailOrderKey),
  };
  return pageOf(partition, range, look);
}

/** A page of a tenant's profiles by username, in the order of its UTF-8 bytes; without their order of creation. */
export function listUsernamePage(tenantId: string, range: KeyRange, look: Look): Promise<EntryPage> {
  const partition: Partition = {
    input: { ...ofPartition('tenantId', tenantId), IndexName: 'byUsername' },
    sortKey: 'username',
    sortOf: ({ key }) => key,
    startOf: ({ id, key }) => ({ ...profileKey(id), tenantId, username: key }),
    entryOf: (item) => {
      const { pk, username } = z.parse(usernameItem, item);
      return { key: username, createdKey: '', id: profileIdOf(pk) };
    },
  };
  return pageOf(partition, range, look);
}

function byCreation(IndexName: 'byTenant' | 'byEmail', name: 'tenantId' | 'emailKey', value: string): Partition {
  return {
    input: { ...ofPartition(name, value), IndexName },
    sortKey: 'createdKey',
    sortOf: ({ createdKey }) => createdKey,
    startOf: ({ id, createdKey }) => ({ ...profileKey(id), [name]: value, createdKey }),
    entryOf: createdEntry,
  };
}

/** A page of a tenant's profiles in the order of their creation. */
export const listCreationPage = (tenantId: string, range: KeyRange, look: Look): Promise<EntryPage> =>
  pageOf(byCreation('byTenant', 'tenantId', tenantId), range, look);

/** A page of the profiles of an e-mail address in any letter case, in the order of their creation. */
export const listAddressPage = (tenantId: string, email: string, look: Look): Promise<EntryPage> =>
  pageOf(byCreation('byEmail', 'emailKey', emailKeyOf(tenantId, email)), RANGE_OF_CREATION, look);

/** What each intent calls. */
export const calls = {
  listEntryPage: ['Query indexEntry'],
  listEmailPage: ['Query byEmailOrder'],
  listUsernamePage: ['Query byUsername'],
  listCreationPage: ['Query byTenant'],
  listAddressPage: ['Query byEmail'],
} as const satisfies CallsByIntent;
