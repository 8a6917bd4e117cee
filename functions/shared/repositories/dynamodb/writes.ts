import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { counted, noteWritten } from '../../audit/tally.ts';
import { triesAgain } from '../../domain/concurrency/tries.ts';
import { ApiError, invalidRequest } from '../../errors/api-error.ts';
import { documentClient } from './client.ts';
import { isPossible, type Key } from './keys.ts';
import { getItem } from './reads.ts';

/** One part of a transaction. */
export type TransactionItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** An update, alone or as part of a transaction; always on a condition, for without one it would bring back what is gone. */
export interface UpdateItem {
  readonly TableName: string;
  readonly Key: Key;
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

type Item = Readonly<Record<string, unknown>>;

/** The reason that the store gives for each item of a cancelled transaction. */
const reasonsOf = (error: unknown) =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];

/** What passes by itself and what the SDK does not repeat: another transaction at work on the item, or too many of them. */
const passingReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
const isRefusal = ({ Code }: { Code?: string | undefined }) => Code === 'ConditionalCheckFailed';

function isPassing(error: unknown): boolean {
  if (error instanceof TransactionConflictException) return true;
  const reasons = reasonsOf(error);
  return !reasons.some(isRefusal) && reasons.some(({ Code = '' }) => passingReasons.has(Code));
}

/** The store refuses items above 400 KB with a validation error that only its text tells apart. */
function isTooLarge(error: unknown): boolean {
  const messages = [
    error instanceof Error ? error.message : '',
    ...reasonsOf(error).map(({ Message = '' }) => Message),
  ];
  return messages.some((message) => /item size.*exceeded/i.test(message));
}

/** Whether nothing can have changed: the store refused it, and there was no try before whose answer may have been lost. */
function hadNoEffect(error: unknown): boolean {
  if (error instanceof ApiError || error instanceof ConditionalCheckFailedException) return true;
  if (reasonsOf(error).some(isRefusal)) return true;
  if (!(error instanceof DynamoDBServiceException)) return false;
  const { httpStatusCode = 500, attempts = 1 } = error.$metadata;
  return httpStatusCode < 500 && attempts === 1;
}

/** Sends a write, and again as long as there is time where it met a transaction of someone else (data model, section 2). */
async function sendUntilThrough<Output>(send: () => Promise<Output>): Promise<Output> {
  const again = triesAgain();
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (isTooLarge(error)) throw invalidRequest('The result would be larger than the 400 KB that the store can hold');
      if (!isPassing(error) || !(await again())) throw error;
    }
  }
}

/** The same, counted. 400 `OTHER` where an item would become larger than the store can hold. */
const write = <Output>(send: () => Promise<Output>): Promise<Output> =>
  counted(() => sendUntilThrough(send), hadNoEffect);

/**
 * Writes all items or none, and answers which conditions failed, by the names that the caller gave the items: none, and all is written.
 */
export async function transact<Name extends string>(
  items: Readonly<Partial<Record<Name, TransactionItem>>>,
): Promise<ReadonlySet<Name>> {
  const entries: [Name, TransactionItem][] = [];
  for (const name in items) {
    const item = items[name];
    if (item !== undefined) entries.push([name, item]);
  }
  const input = { TransactItems: entries.map(([, item]) => item) };
  try {
    await write(() => documentClient().send(new TransactWriteCommand(input)));
    return new Set();
  } catch (error) {
    const reasons = reasonsOf(error);
    const failed = entries.filter((_, index) => isRefusal(reasons[index] ?? {}));
    if (failed.length > 0) return new Set(failed.map(([name]) => name));
    throw error;
  }
}

/** The update with the id of this write, which the item takes in and must not have yet. */
function onceOnly(update: UpdateItem, writeId: string): UpdateItem {
  const { UpdateExpression: rest, ConditionExpression: condition } = update;
  return {
    ...update,
    UpdateExpression: `SET writeId = :writeId${rest.startsWith('SET ') ? `, ${rest.slice(4)}` : ` ${rest}`}`,
    ConditionExpression: `(${condition}) AND (attribute_not_exists(writeId) OR writeId <> :writeId)`,
    ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':writeId': writeId },
  };
}

async function updateOnce(update: UpdateItem, isCounted: boolean): Promise<Item | undefined> {
  const send = isCounted ? write : sendUntilThrough;
  const writeId = randomUUID();
  const input = {
    ...onceOnly(update, writeId),
    ReturnValues: 'ALL_NEW' as const,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  try {
    const { Attributes } = await send(() => documentClient().send(new UpdateCommand(input)));
    return Attributes ?? {};
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (error.Item?.writeId?.S !== writeId) return undefined;
    if (isCounted) noteWritten();
    return getItem(update.TableName, update.Key);
  }
}

/**
 * Updates one item once; undefined where its condition did not hold. A repeat after a lost answer finds the id of its own first try, and answers
 * with the item as it is then.
 */
export const updateIf = (update: UpdateItem): Promise<Item | undefined> => updateOnce(update, true);

/** The same for what is no change that somebody made, and leaves no trace in the audit trail: the last use of a ticket. */
export const touchIf = (update: UpdateItem): Promise<Item | undefined> => updateOnce(update, false);

const newPut = (table: string, item: Key & Item, writeId: string) => ({
  TableName: table,
  Item: { ...item, writeId },
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/**
 * Puts an item under a key that must be free, together with what else there is, all or nothing; false where the key is taken. A repeat after a lost
 * answer finds its own first try, which the write id tells from a stranger's.
 */
export async function putNew(
  table: string,
  item: Key & Item,
  others: readonly TransactionItem[] = [],
): Promise<boolean> {
  const writeId = randomUUID();
  const Put = newPut(table, item, writeId);
  const send = () =>
    others.length === 0
      ? documentClient().send(new PutCommand(Put))
      : documentClient().send(new TransactWriteCommand({ TransactItems: [{ Put }, ...others] }));
  try {
    await write<unknown>(send);
    return true;
  } catch (error) {
    const own = error instanceof ConditionalCheckFailedException ? error : reasonsOf(error).slice(0, 1).find(isRefusal);
    if (own === undefined) throw error;
    const isOurs = own.Item?.writeId?.S === writeId;
    if (isOurs) noteWritten();
    return isOurs;
  }
}

/** Puts an item under a key that nothing else can have: a repeat writes the same again. */
export async function putFresh(table: string, item: Key & Item): Promise<void> {
  await counted(() => documentClient().send(new PutCommand({ TableName: table, Item: item })), hadNoEffect);
}

/** The value of the attribute by which the store drops an item by itself: whole seconds, never too early. */
export const expiresAtSeconds = (lastUseMs: number, ageSeconds: number): number =>
  Math.ceil(lastUseMs / 1000) + ageSeconds;

/** Deletes an item, also where there is none. */
export async function deleteItem(table: string, key: Key): Promise<void> {
  if (!isPossible(key)) return;
  await write(() => documentClient().send(new DeleteCommand({ TableName: table, Key: key })));
}
