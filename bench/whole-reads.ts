import { startLocalApi } from '../test/support/local-api.ts';
import { growTo, seedGrowingTenant, tenantRead } from './growing-tenant.ts';
import { median, table } from './statistics.ts';

const PROFILES = 10_000;
const RUNS = 9;
/** Until it is compiled. */
const WARM_UP_RUNS = 3;

const reads = ['query: attribute equal, not indexed, all', 'range, 50 sorted by an attribute, not indexed'];

/** Microseconds of CPU that this process spends on each profile of a read that has to look at all of them; the gateway's share included. */
async function wholeReads(): Promise<string> {
  const api = await startLocalApi();
  const growing = await seedGrowingTenant(api);
  await growTo(growing, PROFILES);
  const rows: string[][] = [];
  for (const name of reads) {
    const { path, query } = tenantRead(name, growing);
    const microseconds: number[] = [];
    for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
      const before = process.cpuUsage();
      const { status } = await api.request('GET', path, { query });
      const { user, system } = process.cpuUsage(before);
      if (status !== 200) throw new Error(`${name} answered ${status}`);
      if (run >= WARM_UP_RUNS) microseconds.push((user + system) / PROFILES);
    }
    rows.push([name, median(microseconds).toFixed(0)]);
  }
  await api.stop();
  return table(['read of a whole tenant', 'µs of CPU a profile'], rows);
}

console.log(await wholeReads());
process.exit(0);
