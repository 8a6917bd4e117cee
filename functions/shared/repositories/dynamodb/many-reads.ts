import { BatchGetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { batchesOf, inParallel } from '../../domain/concurrency/in-parallel.ts';
import { askAgain } from './ask-again.ts';
import { plainClient } from './client.ts';
import { MOST_KEYS } from './joined-reads.ts';
import type { Key } from './keys.ts';
import { beforeTheSdk, type RawItem, RawItems } from './raw-answers.ts';
import { PARALLEL_BATCHES } from './reads.ts';

/** One call for these; answers with those that the store left out. */
async function getRawBatch(
  table: string,
  keys: readonly Key[],
  found: (items: readonly RawItem[]) => void,
): Promise<readonly Key[]> {
  const Keys = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } });
  const answer = new RawItems();
  command.middlewareStack.add(answer.taking, beforeTheSdk);
  const { UnprocessedKeys = {} } = await plainClient().send(command);
  found(answer.items);
  return (UnprocessedKeys[table]?.Keys ?? []).map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' }));
}

/**
 * The items of many keys, each given once, in no order, as the store writes them; strongly consistent. A call of its own for each hundred: what
 * is beside them does not count.
 */
export async function getManyItems(table: string, keys: readonly Key[]): Promise<readonly RawItem[]> {
  const items: RawItem[] = [];
  const found = (more: readonly RawItem[]) => void items.push(...more);
  await inParallel(batchesOf(keys, MOST_KEYS), PARALLEL_BATCHES, (batch) =>
    askAgain(batch, (open) => getRawBatch(table, open, found)),
  );
  return items;
}

/** The pages of a query, to its end, as the store writes their items; the first one holds `firstPage` items at most. */
export async function* queryManyItems(
  input: QueryCommandInput,
  firstPage?: number,
): AsyncGenerator<readonly RawItem[]> {
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const Limit = from === undefined ? firstPage : undefined;
    const command = new QueryCommand({ ...input, Limit, ExclusiveStartKey: from });
    const answer = new RawItems();
    command.middlewareStack.add(answer.taking, beforeTheSdk);
    const { LastEvaluatedKey } = await plainClient().send(command);
    yield answer.items;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}
