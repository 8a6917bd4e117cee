import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';

/** A tenant that is stored nowhere: open, without roles and definitions. */
export const exampleTenant = (partial: Partial<Tenant> = {}): Tenant => ({
  id: '5a0000000000000000000000',
  name: 'acme',
  version: 1,
  createdAtMs: 0,
  verifyNewProfiles: false,
  ssoEnabled: false,
  cleanseAttributes: true,
  availableRoles: [],
  attributeDefinitions: [],
  pending: [],
  shards: 1,
  ...partial,
});
