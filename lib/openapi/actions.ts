import type { TenantAction } from '../../functions/shared/domain/access/permissions.ts';
import type { AttributeAction } from '../../functions/shared/domain/tenant/attribute-permissions.ts';

const tenantActions: Readonly<Record<TenantAction, true>> = {
  CREATE_TENANT: true,
  READ_TENANT: true,
  UPDATE_TENANT: true,
  DELETE_TENANT: true,
  MANAGE_PROFILES: true,
  MANAGE_TICKETS: true,
};
const attributeActions: Readonly<Record<AttributeAction, true>> = {
  READ_ATTRIBUTE: true,
  WRITE_ATTRIBUTE: true,
  REMOVE_ATTRIBUTE: true,
};

/** What a permission of an access token can allow (contract 4.2). */
export const tenantActionNames: readonly string[] = ['*', ...Object.keys(tenantActions)];
/** What a permission of an attribute can allow (contract 4.3). */
export const attributeActionNames: readonly string[] = ['*', ...Object.keys(attributeActions)];
