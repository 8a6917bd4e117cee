import { documentClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { unitsOf } from '../test/support/faults.ts';

/** One call of the store's client, with the request units that it consumed. */
export interface StoreCall {
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly reads: number;
  readonly writes: number;
}

const isWrite = (operation: string) => /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(operation);

/** Records every call of the store's client from now on; whoever measures empties the list. */
export function recordStoreCalls(): StoreCall[] {
  const calls: StoreCall[] = [];
  documentClient().middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      const startMs = performance.now();
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { output } = result;
      const units = unitsOf('ConsumedCapacity' in output ? output.ConsumedCapacity : 0);
      const [reads, writes] = isWrite(operation) ? [0, units] : [units, 0];
      calls.push({ operation, startMs, endMs: performance.now(), reads, writes });
      return result;
    },
    { step: 'initialize', name: 'benchCalls' },
  );
  return calls;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Read and write request units of calls together. */
export const consumedBy = (calls: readonly StoreCall[]): { reads: number; writes: number } => ({
  reads: sum(calls.map(({ reads }) => reads)),
  writes: sum(calls.map(({ writes }) => writes)),
});

/** How many trips follow one another: a call that starts after another one's end waits for it. */
export function tripsOf(calls: readonly StoreCall[]): number {
  const done: { endMs: number; depth: number }[] = [];
  for (const { startMs, endMs } of [...calls].sort((a, b) => a.startMs - b.startMs)) {
    const depth = 1 + Math.max(0, ...done.filter((other) => other.endMs <= startMs).map((other) => other.depth));
    done.push({ endMs, depth });
  }
  return Math.max(0, ...done.map(({ depth }) => depth));
}
