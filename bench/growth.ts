import type { Tenant } from '../functions/shared/domain/tenant/tenant.ts';
import { type LocalApi, startLocalApi } from '../test/support/local-api.ts';
import { loadProfiles, seedGrowingTenant, tenantRead, tenantReads } from './growing-tenant.ts';
import { median, table } from './statistics.ts';

const SIZES = [100, 1000, 10_000, 100_000];
const RUNS = 5;

async function timeOf(api: LocalApi, tenant: Tenant, size: number, name: string): Promise<string> {
  const { path, query } = tenantRead(name, tenant, size);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startMs = performance.now();
    const answer = await api.request('GET', path, { query });
    times.push(performance.now() - startMs);
    if (answer.status === 400) return `400 ${answer.body.message}`;
    if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}`);
  }
  return median(times).toFixed(0);
}

/** How lists, counts and queries grow with the tenant: milliseconds in this process against the embedded engine. */
async function growth(): Promise<string> {
  const api = await startLocalApi();
  const tenant = await seedGrowingTenant(api);
  const columns: string[][] = [];
  let loaded = 0;
  for (const size of SIZES) {
    await loadProfiles(tenant, loaded, size);
    loaded = size;
    const column: string[] = [];
    for (const name of Object.keys(tenantReads)) column.push(await timeOf(api, tenant, size, name));
    columns.push(column);
  }
  await api.stop();
  const rows = Object.keys(tenantReads).map((name, row) => [name, ...columns.map((column) => column[row] ?? '')]);
  return table(['milliseconds', ...SIZES.map((size) => size.toLocaleString('en'))], rows);
}

console.log(await growth());
process.exit(0);
