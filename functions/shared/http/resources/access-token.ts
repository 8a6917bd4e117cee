import * as z from 'zod/mini';
import type { AccessToken } from '../../domain/access/access-token.ts';
import { dateMs } from './date.ts';

/** Contract 2.3. */
export const accessTokenResource = z.object({
  id: z.string(),
  application: z.nullable(z.string()),
  master: z.boolean(),
  tenantPermissions: z.array(z.object({ tenant: z.string(), allowedActions: z.nullable(z.array(z.string())) })),
  expiresOn: z.nullable(dateMs),
});

export function presentAccessToken(token: AccessToken): z.input<typeof accessTokenResource> {
  return {
    id: token.id,
    application: token.application,
    master: token.master,
    tenantPermissions: token.tenantPermissions.map((permission) => ({
      ...permission,
      allowedActions: permission.allowedActions && [...permission.allowedActions],
    })),
    expiresOn: token.expiresOnMs,
  };
}
