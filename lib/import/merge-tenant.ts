import { redoRefused } from '../../functions/shared/domain/concurrency/redo-refused.ts';
import { defaultsOf, requireFewDefinitions } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import { changedTenant } from '../../functions/shared/domain/tenant/change-tenant.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { tenantToItems } from '../../functions/shared/repositories/tenant-items.ts';
import { findTenant, updateTenantAndSweep } from '../../functions/shared/repositories/tenants.ts';
import { requireFittingItems } from './item-size.ts';
import { lackedBy } from './tenant-difference.ts';

/**
 * The stored tenant with the roles and definitions that it lacks; nothing of it becomes another one. Throws a `Rejected`, or an `ApiError`, where that is more than a tenant
 * can have.
 */
export function mergedTenant(stored: Tenant, wanted: Tenant, nowMs: number): Tenant {
  const lacked = lackedBy(stored, wanted);
  if (lacked.availableRoles.length + lacked.attributeDefinitions.length === 0) return stored;
  const change = {
    availableRoles: [...stored.availableRoles, ...lacked.availableRoles],
    attributeDefinitions: requireFewDefinitions([...stored.attributeDefinitions, ...lacked.attributeDefinitions]),
    defaults: defaultsOf(lacked),
  };
  const merged = changedTenant(stored, change, nowMs);
  requireFittingItems(tenantToItems(merged).body);
  return merged;
}

/** Stores that; profiles that are there follow it as they follow any change of a tenant. Undefined where the tenant is gone meanwhile. */
export const mergeTenant = (stored: Tenant, wanted: Tenant): Promise<Tenant | undefined> =>
  redoRefused(
    stored,
    async (current) => {
      const next = mergedTenant(current, wanted, Date.now());
      return next === current || (await updateTenantAndSweep(next)) ? next : undefined;
    },
    () => findTenant(stored.name),
  );
