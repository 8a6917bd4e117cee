import type { Tenant } from '../tenant/tenant.ts';
import type { Sweep } from './sweep.ts';

/**
 * Since when a sweep has been open, in epoch milliseconds: of a tenant that changed the time of its oldest pending change, given the tenant. Undefined where
 * nothing is left to do, or where it is from before times were kept and nobody has begun with it.
 */
export function openSinceMs(sweep: Sweep, tenant: Pick<Tenant, 'id' | 'pending'> | undefined): number | undefined {
  if (sweep.kind === 'clear') return sweep.openedAtMs;
  if (sweep.kind === 'delete') return sweep.openedAtMs ?? sweep.pass?.beganAtMs;
  const pending = tenant?.id === sweep.tenantId ? tenant.pending : [];
  return pending.length === 0 ? undefined : Math.min(...pending.map(({ atMs }) => atMs));
}
