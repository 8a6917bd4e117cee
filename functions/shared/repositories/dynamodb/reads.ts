import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { ANSWER_LIMIT_BYTES } from '../../config/answer-limit.ts';
import { batchesOf, inParallel } from '../../domain/concurrency/in-parallel.ts';
import { resultTooLarge } from '../../errors/api-error.ts';
import { documentClient } from './client.ts';
import { MOST_KEYS, readTogether, type StoredItem } from './joined-reads.ts';
import { isPossible, type Key } from './keys.ts';

export type { StoredItem };

/** One item by its key, strongly consistent. */
export async function getItem(table: string, key: Key): Promise<StoredItem | undefined> {
  if (!isPossible(key)) return undefined;
  const [item] = await readTogether(table, [key]);
  return item;
}

/** How many calls are made at a time where one cannot name all keys. */
export const PARALLEL_BATCHES = 8;

/** The items of any number of keys, each given once, in no order; strongly consistent. */
export async function getItems(table: string, keys: readonly Key[]): Promise<readonly StoredItem[]> {
  const read = await inParallel(batchesOf(keys, MOST_KEYS), PARALLEL_BATCHES, (batch) => readTogether(table, batch));
  return read.flat();
}

/** One page of a query, and where the next one begins; nothing at the end. */
export async function queryPage(
  input: QueryCommandInput,
): Promise<{ readonly items: readonly StoredItem[]; readonly next: Record<string, unknown> | undefined }> {
  const { Items = [], LastEvaluatedKey } = await documentClient().send(new QueryCommand(input));
  return { items: Items, next: LastEvaluatedKey };
}

/** The pages of a query, to its end. */
async function* queryPages(input: QueryCommandInput): AsyncGenerator<readonly StoredItem[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const { items, next } = await queryPage({ ...input, ExclusiveStartKey: from });
    yield items;
    from = next;
  } while (from !== undefined);
}

/** Every item of one partition of a table, strongly consistent. */
export const inPartition = (table: string, pk: string): QueryCommandInput => ({
  TableName: table,
  ConsistentRead: true,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': pk },
});

/** All items of a query. */
export async function queryItems(input: QueryCommandInput): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const page of queryPages(input)) items.push(...page);
  return items;
}

/**
 * All items of a query that one answer shows whole; 400 `OTHER` before they are more than an answer can hold (contract 9.1 #53), and so never more
 * than memory can. `shownOf` is the part of an item that is large, as text.
 */
export async function queryAnswer(
  input: QueryCommandInput,
  shownOf: (item: StoredItem) => string,
): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let size = 0;
  for await (const page of queryPages(input)) {
    for (const item of page) size += shownOf(item).length;
    if (size > ANSWER_LIMIT_BYTES) throw resultTooLarge();
    items.push(...page);
  }
  return items;
}

/** How many items a query finds, page by page. */
export async function* countPages(input: QueryCommandInput): AsyncGenerator<number> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await documentClient().send(new QueryCommand({ ...input, Select: 'COUNT', ExclusiveStartKey: from }));
    yield page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** How many items a query finds. */
export async function countItems(input: QueryCommandInput): Promise<number> {
  let count = 0;
  for await (const page of countPages(input)) count += page;
  return count;
}
