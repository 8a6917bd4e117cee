import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';

type Operation =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'TransactWriteItems';

/** One call at the wire: a repeat of the SDK counts again. */
export interface RecordedCall {
  readonly operation: Operation;
  readonly consistentRead: boolean;
  /** Capacity units of the call; 0 unless capacity was asked for. */
  readonly capacityUnits: number;
}

type Fault = (call: () => Promise<unknown>) => Promise<unknown>;

/** What the embedded engine never does, done at the SDK, beneath its own retries. */
export interface Faults {
  /** Every call so far, in order; a test may empty it. */
  readonly calls: RecordedCall[];
  /** Fails the next calls of the operation before they are sent; `lostAnswer` sends them and loses what comes back. */
  failNext(operation: Operation, fault: (() => Error) | 'lostAnswer', times?: number): void;
  /** Leaves the next batch calls with only the first of their keys or items done; the rest comes back unprocessed. */
  cutNext(operation: 'BatchGetItem' | 'BatchWriteItem', kept: number, times?: number): void;
  uninstall(): void;
}

const metadata = { httpStatusCode: 400 };

/** The SDK repeats it. */
export const throttled = () =>
  Object.assign(new Error('Too fast'), {
    name: 'ProvisionedThroughputExceededException',
    $fault: 'client',
    $metadata: metadata,
  });

/** A transaction that met another one at the item of this position. */
export function transactionConflict(position: number): TransactionCanceledException {
  const none = { Code: 'None' };
  const CancellationReasons = [...Array(position).fill(none), { Code: 'TransactionConflict' }];
  return new TransactionCanceledException({ message: 'Cancelled', $metadata: metadata, CancellationReasons });
}

const lostAnswer = () => Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });

type Tables = Record<string, readonly unknown[] | { readonly Keys: readonly unknown[] }>;

/** The first keys or writes of a batch, and all others. */
function cut(tables: Tables, kept: number): { first: Tables; rest: Tables } {
  let room = kept;
  const first: Tables = {};
  const rest: Tables = {};
  for (const [table, request] of Object.entries(tables)) {
    const list = 'Keys' in request ? request.Keys : request;
    const wrapped = (part: readonly unknown[]) => ('Keys' in request ? { ...request, Keys: part } : part);
    if (room > 0) first[table] = wrapped(list.slice(0, room));
    if (list.length > room) rest[table] = wrapped(list.slice(room));
    room = Math.max(0, room - list.length);
  }
  return { first, rest };
}

/** Capacity units of a call's `ConsumedCapacity`, of one table or several. */
export function unitsOf(consumed: unknown): number {
  return [consumed].flat().reduce<number>((sum, entry) => {
    const units = typeof entry === 'object' && entry !== null && 'CapacityUnits' in entry ? entry.CapacityUnits : 0;
    return sum + Number(units);
  }, 0);
}

type Output = { output: Record<string, unknown> };
type Input = { RequestItems?: Tables; ConsistentRead?: boolean };
const operationOf = (context: { commandName?: string }) =>
  String(context.commandName).replace(/Command$/, '') as Operation;

/** Installs it on the one client of this process; with `capacity` every call is asked for what it consumed. */
export function installFaults(options: { capacity?: boolean } = {}): Faults {
  const calls: RecordedCall[] = [];
  const faults = new Map<Operation, Fault[]>();
  const cuts = new Map<Operation, number[]>();
  const stack = documentClient().middlewareStack;
  const capacity = options.capacity ? { ReturnConsumedCapacity: 'TOTAL' } : {};
  stack.add(
    (next, context) => async (args) => {
      const operation = operationOf(context);
      const kept = cuts.get(operation)?.shift();
      const input = { ...args.input, ...capacity };
      if (kept === undefined) return next({ ...args, input });
      const { first, rest } = cut((input as Input).RequestItems ?? {}, kept);
      const result = await next({ ...args, input: { ...input, RequestItems: first } as typeof args.input });
      const { output } = result as Output;
      output[operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems'] = rest;
      return result;
    },
    { step: 'initialize', name: 'testCuts', override: true },
  );
  stack.add(
    (next, context) => async (args) => {
      const operation = operationOf(context);
      const input = args.input as Input;
      const tables = Object.values(input.RequestItems ?? {});
      const consistentRead = [input, ...tables].some(
        (part) => 'ConsistentRead' in part && part.ConsistentRead === true,
      );
      const fault: Fault = faults.get(operation)?.shift() ?? ((call) => call());
      let capacityUnits = 0;
      try {
        const result = await fault(() => next(args));
        capacityUnits = unitsOf((result as Output).output.ConsumedCapacity);
        return result as Awaited<ReturnType<typeof next>>;
      } finally {
        calls.push({ operation, consistentRead, capacityUnits });
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'testFaults', override: true },
  );
  const add = <Value>(queues: Map<Operation, Value[]>, operation: Operation, value: Value, times: number) =>
    queues.set(operation, [...(queues.get(operation) ?? []), ...Array<Value>(times).fill(value)]);
  return {
    calls,
    failNext: (operation, fault, times = 1) => {
      const act: Fault = async (call) => {
        if (fault !== 'lostAnswer') throw fault();
        await call();
        throw lostAnswer();
      };
      add(faults, operation, act, times);
    },
    cutNext: (operation, kept, times = 1) => {
      add(cuts, operation, kept, times);
    },
    uninstall: () => {
      stack.remove('testCuts');
      stack.remove('testFaults');
    },
  };
}
