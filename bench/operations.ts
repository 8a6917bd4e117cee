import { exampleCases, exampleRequest, prepareExample } from '../test/support/examples.ts';
import { startLocalApi } from '../test/support/local-api.ts';
import { table } from './statistics.ts';
import { consumedBy, recordStoreCalls, tripsOf } from './store-calls.ts';

/** Round trips, calls and capacity of every operation, counted at the SDK while its example runs. */
async function operationCosts(): Promise<string> {
  const api = await startLocalApi({ bucket: true });
  const calls = recordStoreCalls();
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
    const { reads, writes } = consumedBy(calls);
    rows.push([one.contract.operationId, tripsOf(calls), names.length, reads, writes, shown.join(', ')]);
  }
  await api.stop();
  return table(['operation', 'trips', 'calls', 'read units', 'write units', 'which'], rows);
}

console.log(await operationCosts());
process.exit(0);
