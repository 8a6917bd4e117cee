import { sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';

/** Carries out in storage whatever tenant changes are still open, to the end; says so. */
export async function sweepAll(): Promise<string> {
  const open = await sweepDependencies.listSweeps();
  if (open.length === 0) return 'No tenant change is open.';
  await sweepTenants(sweepDependencies, () => Number.POSITIVE_INFINITY);
  return `Tenant changes carried out: ${open.length}.`;
}
