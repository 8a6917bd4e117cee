import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { invocationScope } from '../../config/invocation.ts';
import { askAgain } from './ask-again.ts';
import { documentClient } from './client.ts';
import type { Key } from './keys.ts';

/** An item as the store gives it back: to be parsed before it is used. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** Items of one table that somebody waits for. */
interface Read {
  readonly table: string;
  readonly keys: readonly Key[];
  resolve(items: readonly StoredItem[]): void;
  reject(failure: unknown): void;
}

/** How many keys one call may name. */
export const MOST_KEYS = 100;

/** One item, as one call may ask for it once. */
interface Wanted {
  readonly table: string;
  readonly key: Key;
}

type Found = (table: string, item: StoredItem) => void;

/** Of each item another one: no table's name has a space. */
const nameOf = (table: string, { pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }) =>
  `${table} ${String(pk).length} ${pk}${sk}`;

/** One call for these; answers with those that the store left out. */
async function getBatch(wanted: readonly Wanted[], found: Found): Promise<readonly Wanted[]> {
  const RequestItems: Record<string, { Keys: { pk: string; sk: string }[]; ConsistentRead: boolean }> = {};
  for (const { table, key } of wanted) {
    RequestItems[table] ??= { Keys: [], ConsistentRead: true };
    RequestItems[table].Keys.push({ ...key });
  }
  const { Responses = {}, UnprocessedKeys = {} } = await documentClient().send(new BatchGetCommand({ RequestItems }));
  for (const [table, items] of Object.entries(Responses)) for (const item of items) found(table, item);
  const left = new Set(
    Object.entries(UnprocessedKeys).flatMap(([table, { Keys }]) => (Keys ?? []).map((key) => nameOf(table, key))),
  );
  return wanted.filter(({ table, key }) => left.has(nameOf(table, key)));
}

async function getOne({ table, key }: Wanted, found: Found): Promise<void> {
  const { Item } = await documentClient().send(
    new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true }),
  );
  if (Item !== undefined) found(table, Item);
}

/** Answers these reads by one call, in which each key stands once, whoever asks for it. */
async function answer(reads: readonly Read[]): Promise<void> {
  const wanted = new Map(
    reads.flatMap(({ table, keys }) => keys.map((key) => [nameOf(table, key), { table, key }] as const)),
  );
  const items = new Map<string, StoredItem>();
  const found: Found = (table, item) => items.set(nameOf(table, item), item);
  const [first, ...others] = [...wanted.values()];
  if (first !== undefined)
    await (others.length === 0 ? getOne(first, found) : askAgain([first, ...others], (open) => getBatch(open, found)));
  for (const { table, keys, resolve } of reads)
    resolve(keys.map((key) => items.get(nameOf(table, key))).filter((item) => item !== undefined));
}

/** As many to a call as it takes; none is torn. */
function send(reads: readonly Read[]): void {
  const calls: { room: number; readonly together: Read[] }[] = [];
  for (const read of reads) {
    const size = read.keys.length;
    const call = calls.find(({ room }) => size <= room) ?? { room: MOST_KEYS, together: [] };
    if (call.together.length === 0) calls.push(call);
    call.room -= size;
    call.together.push(read);
  }
  for (const { together } of calls)
    answer(together).catch((failure: unknown) => {
      for (const { reject } of together) reject(failure);
    });
}

const waiting = new WeakMap<object, Read[]>();

/** Resolves with what a call brings of it, one of its own or one shared with what else is asked for. */
function asked(table: string, keys: readonly Key[]): Promise<readonly StoredItem[]> {
  return new Promise((resolve, reject) => {
    const read = { table, keys, resolve, reject };
    const scope = invocationScope();
    if (scope === undefined) return send([read]);
    const others = waiting.get(scope);
    if (others !== undefined) return void others.push(read);
    const reads = [read];
    waiting.set(scope, reads);
    // Promises first: this comes behind everything that needs no answer.
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        waiting.delete(scope);
        send(reads);
      }),
    );
  });
}

/** Adds the steps that waited to the stack of a shared call's failure, which ends where the call was made. */
function withWaiting(failure: unknown): unknown {
  if (failure instanceof Error) {
    const [, , ...frames] = String(new Error().stack).split('\n');
    failure.stack = [failure.stack, ...frames].join('\n');
  }
  return failure;
}

/**
 * Up to 100 items of a table, each key given once, in the order of the keys; what is not there is left out. Strongly consistent:
 * without that nothing would be dead at once. Whatever a call of a function reads side by side goes as one call of the store, over all tables (data model, section 2): the reads
 * that its steps ask for until none of them can go on without an answer.
 */
export async function readTogether(table: string, keys: readonly Key[]): Promise<readonly StoredItem[]> {
  try {
    return await asked(table, keys);
  } catch (failure) {
    throw withWaiting(failure);
  }
}
