import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { type GrowingTenant, growTo, seedGrowingTenant, tenantRead, tenantReads } from './growing-tenant.ts';
import { median, table } from './statistics.ts';
import { consumedBy, recordStoreCalls, type StoreCall } from './store-calls.ts';

const SIZES = [100, 1000, 10_000, 100_000];
/** Of a read whose first answer takes no longer than a moment; a slow one is measured a few times. */
const RUNS = 25;
const RUNS_OF_SLOW = 3;
const MOMENT_MS = 150;

/** What a request costs: of the time the median, of the rest what each run had. */
type Cost = Readonly<Record<'milliseconds' | 'store calls' | 'read units', string>>;

async function costOf(api: LocalApi, calls: StoreCall[], growing: GrowingTenant, name: string): Promise<Cost> {
  const { path, query } = tenantRead(name, growing);
  const timeOnce = async () => {
    calls.length = 0;
    const startMs = performance.now();
    const { status, body } = await api.request('GET', path, { query });
    if (status !== 200) throw new Error(`${name} answered ${status} ${body?.message}`);
    return performance.now() - startMs;
  };
  // The first clears what making the request left: positions of every profile, which are sorted for it.
  const firstMs = await timeOnce();
  const times: number[] = [];
  for (let run = 0; run < (firstMs < MOMENT_MS ? RUNS : RUNS_OF_SLOW); run++) times.push(await timeOnce());
  return {
    milliseconds: median(times).toFixed(0),
    'store calls': String(calls.length),
    'read units': String(consumedBy(calls).reads),
  };
}

/** How lists, counts and queries grow with the tenant: in this process against the embedded engine. */
async function growth(): Promise<string> {
  const api = await startLocalApi();
  const calls = recordStoreCalls();
  const growing = await seedGrowingTenant(api);
  const costs = new Map<string, Cost[]>();
  for (const size of SIZES) {
    await growTo(growing, size);
    for (const name of Object.keys(tenantReads))
      costs.set(name, [...(costs.get(name) ?? []), await costOf(api, calls, growing, name)]);
  }
  await api.stop();
  const tableOf = (what: keyof Cost) =>
    table(
      [what, ...SIZES.map((size) => size.toLocaleString('en'))],
      [...costs].map(([name, bySize]) => [name, ...bySize.map((cost) => cost[what])]),
    );
  return [tableOf('milliseconds'), tableOf('store calls'), tableOf('read units')].join('\n\n');
}

console.log(await growth());
process.exit(0);
