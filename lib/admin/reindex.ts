import { redoRefused } from '../../functions/shared/domain/concurrency/redo-refused.ts';
import { MOST_SHARDS, reindexed, spread } from '../../functions/shared/domain/tenant/reindex-tenant.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import {
  everyTenant,
  findTenant,
  updateTenant,
  updateTenantAndSweep,
} from '../../functions/shared/repositories/tenants.ts';
import { UsageError } from '../usage-error.ts';

export interface ReindexOptions {
  /** All tenants where it is absent. */
  readonly tenant: string | undefined;
  /** Over how many parts each index is to be spread, from 1 to 32; absent: as many as now. */
  readonly shards: number | undefined;
}

/** The number of the option `--shards`; undefined where it was not given. Throws a `UsageError`. */
export function shardsOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const shards = /^\d+$/.test(given) ? Number(given) : 0;
  if (shards < 1 || shards > MOST_SHARDS)
    throw new UsageError(`--shards ${JSON.stringify(given)} is no whole number from 1 to ${MOST_SHARDS}`);
  return shards;
}

async function tenantsFor(name: string | undefined): Promise<readonly Tenant[]> {
  if (name === undefined) return everyTenant();
  const tenant = await findTenant(name);
  if (tenant === undefined) throw new Error(`There is no tenant ${JSON.stringify(name)}`);
  return [tenant];
}

const nameOf = ({ name }: Tenant) => `Tenant ${JSON.stringify(name)}`;

function requireGrowth(tenants: readonly Tenant[], wanted: number): void {
  const larger = tenants.filter(({ shards = 0 }) => shards > wanted);
  const faults = larger.map((one) => `${nameOf(one)} has ${one.shards} shards: they can become more, never fewer`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

/** Changes one tenant, and says to what; undefined where it changed meanwhile. */
async function change(tenant: Tenant, wanted: number | undefined): Promise<string | undefined> {
  const { shards } = tenant;
  if (shards === undefined || wanted === undefined) {
    const next = reindexed(tenant, wanted ?? shards ?? 1, Date.now());
    return (await updateTenantAndSweep(next)) ? `${nameOf(tenant)} is being indexed.` : undefined;
  }
  if (shards >= wanted) return `${nameOf(tenant)} has ${shards} shards already.`;
  return (await updateTenant(spread(tenant, wanted)))
    ? `${nameOf(tenant)} has ${wanted} shards from now on.`
    : undefined;
}

/**
 * Has the index of tenants made anew by the worker of tenant changes, or for the first time; where a tenant has one and a number of shards is given, it is
 * only spread over so many. Answers what was done, line by line. Throws a `UsageError`, before anything is written, where shards would become fewer.
 */
export async function reindex({ tenant: name, shards }: ReindexOptions): Promise<readonly string[]> {
  const tenants = await tenantsFor(name);
  if (shards !== undefined) requireGrowth(tenants, shards);
  const lines: string[] = [];
  for (const tenant of tenants) {
    const line = await redoRefused(
      tenant,
      (read) => change(read, shards),
      (read) => findTenant(read.name),
    );
    lines.push(line ?? `${nameOf(tenant)} is gone.`);
  }
  return lines.length > 0 ? lines : ['There is no tenant.'];
}
