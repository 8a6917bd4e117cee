import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';
import type { LocalApi } from '../../test/support/local-api.ts';
import { sweepAll } from '../../test/support/sweeping.ts';
import { bucketRequestsOf } from '../bucket-calls.ts';
import { growTo, seedGrowingTenant, tenantRead, tenantReads } from '../growing-tenant.ts';
import { consumedBy, type StoreCall } from '../store-calls.ts';
import type { Measurements } from './data.ts';

/** Read request units of every list, count and query, in one tenant that grows to each of the sizes. */
export async function countTenantReads(
  api: LocalApi,
  calls: StoreCall[],
  sizes: readonly number[],
): Promise<Measurements['tenantReads']> {
  const growing = await seedGrowingTenant(api);
  const counted: Measurements['tenantReads'] = {};
  for (const profiles of sizes) {
    await growTo(growing, profiles);
    for (const name of Object.keys(tenantReads)) {
      const { path, query } = tenantRead(name, growing);
      calls.length = 0;
      const { status } = await api.request('GET', path, { query });
      if (status !== 200) throw new Error(`${name} answered ${status}`);
      counted[name] = [...(counted[name] ?? []), { profiles, reads: consumedBy(calls).reads }];
    }
  }
  return counted;
}

/** What tenant changes make the worker do, by what they are called in the table; each is a request of its own. */
const changes: Readonly<Record<string, (tenant: Tenant) => { path: string; json?: unknown }>> = {
  'an attribute definition or a role removed': ({ name }) => ({
    path: `/tenant/${name}/attribute_definitions/remove?attributeName=city`,
  }),
  'the tenant deleted': ({ name }) => ({ path: `/tenant/${name}/delete` }),
};

const { deleteAttachmentsOf } = sweepDependencies;

/** What the worker consumes for each profile of a tenant of this size; its own few requests are spread over them. */
export async function countSweeps(
  api: LocalApi,
  calls: StoreCall[],
  bucketCalls: string[],
  size: number,
): Promise<Measurements['sweeps']> {
  const each = (all: number) => Number((all / size).toFixed(2));
  const growing = await seedGrowingTenant(api);
  await growTo(growing, size);
  const counted: Measurements['sweeps'] = {};
  for (const [name, change] of Object.entries(changes)) {
    const { path } = change(growing.tenant);
    const { status } = await api.request('POST', path, { headers: { authorization: 'Bearer bench-token' } });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    calls.length = 0;
    bucketCalls.length = 0;
    await sweepAll({ deleteAttachmentsOf });
    const { reads, writes } = consumedBy(calls);
    const { bucketPuts } = bucketRequestsOf(bucketCalls);
    counted[name] = { reads: each(reads), writes: each(writes), bucketPuts: each(bucketPuts) };
  }
  return counted;
}
