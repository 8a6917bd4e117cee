/** The worker of tenant changes in a process of its own, which `bench/sweep.ts` kills. */
import { sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';

await sweepTenants({ ...sweepDependencies, quietMs: 1000 }, () => Number.POSITIVE_INFINITY);
process.exit(0);
