import { documentClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { exampleCases, exampleRequest, prepareExample } from '../test/support/examples.ts';
import { unitsOf } from '../test/support/faults.ts';
import { startLocalApi } from '../test/support/local-api.ts';
import { table } from './statistics.ts';

interface Call {
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly reads: number;
  readonly writes: number;
}

const isWrite = (operation: string) => /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(operation);

/** Records every call of the store's client with its capacity. */
function recordCalls(): Call[] {
  const calls: Call[] = [];
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

/** How many trips follow one another: a call that starts after another one's end waits for it. */
function tripsOf(calls: readonly Call[]): number {
  const done: { endMs: number; depth: number }[] = [];
  for (const { startMs, endMs } of [...calls].sort((a, b) => a.startMs - b.startMs)) {
    const depth = 1 + Math.max(0, ...done.filter((other) => other.endMs <= startMs).map((other) => other.depth));
    done.push({ endMs, depth });
  }
  return Math.max(0, ...done.map(({ depth }) => depth));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Round trips, calls and capacity of every operation, counted at the SDK while its example runs. */
async function operationCosts(): Promise<string> {
  const api = await startLocalApi({ bucket: true });
  const calls = recordCalls();
  const rows: (string | number)[][] = [];
  for (const one of exampleCases) {
    await prepareExample(api, one);
    const { path, request } = exampleRequest(one);
    calls.length = 0;
    const { status } = await api.request(one.contract.method, path, request);
    if (status !== 200) throw new Error(`${one.contract.operationId} answered ${status}`);
    const names = calls.map(({ operation }) => operation.replace(/Item(s?)$/, '$1'));
    const shown = [...new Set(names)].map((name) => {
      const count = names.filter((other) => other === name).length;
      return count > 1 ? `${count} ${name}` : name;
    });
    const reads = sum(calls.map((call) => call.reads));
    const writes = sum(calls.map((call) => call.writes));
    rows.push([one.contract.operationId, tripsOf(calls), names.length, reads, writes, shown.join(', ')]);
  }
  await api.stop();
  return table(['operation', 'trips', 'calls', 'read units', 'write units', 'which'], rows);
}

console.log(await operationCosts());
process.exit(0);
