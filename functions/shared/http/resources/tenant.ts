import * as z from 'zod/mini';
import type { WireLine } from '../../config/wire-line.ts';
import type { Tenant } from '../../domain/tenant/tenant.ts';

const allowedActions = z.nullable(z.array(z.string()));

/** Contract 2.2. */
export const tenantResource = z.object({
  id: z.string(),
  name: z.string(),
  verifyNewProfiles: z.boolean(),
  ssoEnabled: z.boolean(),
  cleanseAttributes: z.optional(z.boolean()),
  availableRoles: z.array(z.string()),
  attributeDefinitions: z.array(
    z.object({
      name: z.string(),
      metadata: z.unknown(),
      defaultValue: z.unknown(),
      permissions: z.array(z.object({ application: z.string(), allowedActions })),
    }),
  ),
});

/**
 * `cleanseAttributes` is written only where it is false: older clients reject a tenant that has it, newer ones take its absence for true
 * (contract 2.2); a line without cleansing never has it (11).
 */
export function presentTenant(tenant: Tenant, line: WireLine): z.input<typeof tenantResource> {
  return {
    id: tenant.id,
    name: tenant.name,
    verifyNewProfiles: tenant.verifyNewProfiles,
    ssoEnabled: tenant.ssoEnabled,
    ...(line.cleansing && !tenant.cleanseAttributes ? { cleanseAttributes: false } : {}),
    availableRoles: [...tenant.availableRoles],
    attributeDefinitions: tenant.attributeDefinitions.map((definition) => ({
      ...definition,
      permissions: definition.permissions.map((permission) => ({
        ...permission,
        allowedActions: permission.allowedActions && [...permission.allowedActions],
      })),
    })),
  };
}
