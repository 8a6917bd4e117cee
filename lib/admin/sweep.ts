import { sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';

/** Carries out in storage whatever changes of tenants and deletions are still open, to the end; says so. */
export async function sweepAll(): Promise<string> {
  const open = await sweepDependencies.listSweeps();
  if (open.length === 0) return 'No change of a tenant and no deletion is open.';
  await sweepTenants(sweepDependencies, () => Number.POSITIVE_INFINITY);
  return `Changes of tenants and deletions carried out: ${open.length}.`;
}
