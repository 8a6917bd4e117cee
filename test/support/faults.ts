import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';

/** What the store is asked to do. */
export type Operation =
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

type Fault = (call: () => Promise<unknown>, operation: Operation) => Promise<unknown>;

/** What the embedded engine never does, done at the SDK, beneath its own retries. */
export interface Faults {
  /** Every call so far, in order; a test may empty it. */
  readonly calls: RecordedCall[];
  /**
   * Fails the next calls of the operation, or of any of several, before they are sent; `lostAnswer` sends them and loses what comes back, be it a
   * refusal.
   */
  failNext(
    operation: Operation | readonly Operation[],
    fault: ((operation: Operation) => Error) | 'lostAnswer',
    times?: number,
  ): void;
  /** Does something before, after or instead of the next call of the operation. */
  wrapNext(operation: Operation, wrap: (call: () => Promise<unknown>) => Promise<unknown>): void;
  /** From now on loses what comes back from the first try of every call of these operations. */
  loseFirstAnswers(operations: readonly Operation[]): void;
  /** Leaves the next batch calls with only the first of their keys or items done; the rest comes back unprocessed. */
  cutNext(operation: 'BatchGetItem' | 'BatchWriteItem', kept: number, times?: number): void;
  /** How many faults have happened. */
  injected(): number;
  /** How many are planned for a next call that has not come. */
  pending(): number;
  /** Forgets what is planned. */
  reset(): void;
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

/** What happens to the call is done; nobody hears of it. */
const lose: Fault = async (call) => {
  await call().catch(() => undefined);
  throw lostAnswer();
};

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

/** What is planned, and how much of it has happened. */
function planOf() {
  const faults: { readonly operations: readonly Operation[]; readonly fault: Fault }[] = [];
  const cuts: { readonly operation: Operation; readonly kept: number }[] = [];
  const tried = new WeakSet<object>();
  const state = { injected: 0, losing: [] as readonly Operation[] };
  const take = <Planned>(planned: Planned[], fits: (one: Planned) => boolean): Planned | undefined => {
    const at = planned.findIndex(fits);
    if (at === -1) return undefined;
    state.injected++;
    return planned.splice(at, 1)[0];
  };
  return {
    faults,
    cuts,
    state,
    cutOf: (operation: Operation) => take(cuts, (one) => one.operation === operation)?.kept,
    /** `call` stands for all tries of one call. */
    faultOf: (operation: Operation, call: object): Fault | undefined => {
      const isFirst = !tried.has(call);
      tried.add(call);
      const planned = take(faults, ({ operations }) => operations.includes(operation));
      if (planned !== undefined) return planned.fault;
      if (!isFirst || !state.losing.includes(operation)) return undefined;
      state.injected++;
      return lose;
    },
  };
}

type Plan = ReturnType<typeof planOf>;
const STACK_NAMES = ['testCuts', 'testFaults'];

function addMiddleware(plan: Plan, calls: RecordedCall[], capacity: object): void {
  const stack = documentClient().middlewareStack;
  stack.add(
    (next, context) => async (args) => {
      const operation = operationOf(context);
      const kept = plan.cutOf(operation);
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
      const fault: Fault = plan.faultOf(operation, context) ?? ((call) => call());
      let capacityUnits = 0;
      try {
        const result = await fault(() => next(args), operation);
        capacityUnits = unitsOf((result as Output).output.ConsumedCapacity);
        return result as Awaited<ReturnType<typeof next>>;
      } finally {
        calls.push({ operation, consistentRead, capacityUnits });
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'testFaults', override: true },
  );
}

/** Installs it on the one client of this process; with `capacity` every call is asked for what it consumed. */
export function installFaults(options: { capacity?: boolean } = {}): Faults {
  const calls: RecordedCall[] = [];
  const plan = planOf();
  addMiddleware(plan, calls, options.capacity ? { ReturnConsumedCapacity: 'TOTAL' } : {});
  const failing =
    (makeError: (operation: Operation) => Error): Fault =>
    async (_, operation) => {
      throw makeError(operation);
    };
  return {
    calls,
    failNext: (operation, fault, times = 1) => {
      const act = fault === 'lostAnswer' ? lose : failing(fault);
      plan.faults.push(...Array(times).fill({ operations: [operation].flat(), fault: act }));
    },
    wrapNext: (operation, wrap) => void plan.faults.push({ operations: [operation], fault: (call) => wrap(call) }),
    loseFirstAnswers: (operations) => {
      plan.state.losing = operations;
    },
    cutNext: (operation, kept, times = 1) => void plan.cuts.push(...Array(times).fill({ operation, kept })),
    injected: () => plan.state.injected,
    pending: () => plan.faults.length + plan.cuts.length,
    reset: () => {
      plan.faults.length = 0;
      plan.cuts.length = 0;
      plan.state.losing = [];
    },
    uninstall: () => {
      for (const name of STACK_NAMES) documentClient().middlewareStack.remove(name);
    },
  };
}
