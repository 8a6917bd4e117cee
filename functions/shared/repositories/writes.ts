import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { invalidRequest } from '../errors/api-error.ts';
import { documentClient } from './client.ts';
import { isPossible, type Key } from './tables.ts';

export type TransactionItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
export type UpdateItem = NonNullable<TransactionItem['Update']>;

type Item = Readonly<Record<string, unknown>>;

const CONFLICT_ATTEMPTS = 6;

/** The store refuses items above 400 KB with a validation error that only its text tells apart. */
const isTooLarge = (message: string | undefined) => /item size.*exceeded/i.test(message ?? '');
const itemTooLarge = () => invalidRequest('The result would be larger than the 400 KB that the store can hold');

/**
 * Writes all items or none, and answers which conditions failed, by the names that the caller gave the items: none, and all is written.
 * Conflicts with other transactions, which the SDK does not repeat, are tried again with jitter (data model, section 2).
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
  for (let attempt = 1; ; attempt++) {
    try {
      await documentClient().send(new TransactWriteCommand(input));
      return new Set();
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      if (error.CancellationReasons?.some((reason) => isTooLarge(reason.Message))) throw itemTooLarge();
      const codes = error.CancellationReasons?.map((reason) => reason.Code) ?? [];
      const failed = entries.filter((_, index) => codes[index] === 'ConditionalCheckFailed');
      if (failed.length > 0) return new Set(failed.map(([name]) => name));
      if (!codes.includes('TransactionConflict') || attempt === CONFLICT_ATTEMPTS) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** Updates one item; undefined where its condition did not hold. */
export async function updateIf(update: UpdateItem): Promise<Item | undefined> {
  try {
    const { Attributes } = await documentClient().send(new UpdateCommand({ ...update, ReturnValues: 'ALL_NEW' }));
    return Attributes ?? {};
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error instanceof Error && isTooLarge(error.message) ? itemTooLarge() : error;
  }
}

/**
 * Puts an item under a key that must be free; false where it is taken. A repeat after a lost answer finds its own first try, which the
 * write id tells from a stranger's.
 */
export async function putNew(table: string, item: Key & Item): Promise<boolean> {
  const writeId = randomUUID();
  try {
    await documentClient().send(
      new PutCommand({
        TableName: table,
        Item: { ...item, writeId },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException))
      throw error instanceof Error && isTooLarge(error.message) ? itemTooLarge() : error;
    return error.Item?.writeId?.S === writeId;
  }
}

/** Deletes an item, also where there is none. */
export async function deleteItem(table: string, key: Key): Promise<void> {
  if (!isPossible(key)) return;
  await documentClient().send(new DeleteCommand({ TableName: table, Key: key }));
}
