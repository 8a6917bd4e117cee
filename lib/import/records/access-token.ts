import {
  type AccessToken,
  accessTokenWith,
  type TenantPermission,
} from '../../../functions/shared/domain/access/access-token.ts';
import { isPathSegment } from '../../../functions/shared/domain/values/path-segment.ts';
import type { Fields } from './fields.ts';

/** Only a missing tenant means any; null must not widen a permission (contract 4.2). */
function permissionOf(fields: Fields, whole: readonly string[] | undefined): TenantPermission {
  return { tenant: fields.text('tenant') ?? '*', allowedActions: whole ?? null };
}

/** A stored access token (contract 8.2). Throws a `Rejected`, or an `ApiError` for an id that no key can hold. */
export function accessTokenRecord(fields: Fields, nowMs: number): AccessToken {
  const id = fields.text('_id') ?? fields.reject('_id', 'is missing');
  const tenantPermissions = fields
    .objects('tenantPermissions')
    .map((permission) => permissionOf(permission, permission.texts('allowedActions')));
  const expiresOn = fields.dateMs('expiresOn', nowMs) ?? null;
  if (expiresOn !== null && expiresOn <= nowMs)
    fields.tell('an access token has expired: every call with it is refused', 'expiresOn');
  if (!fields.has('master')) fields.tell('an access token does not say whether it is a master: it is none', 'master');
  if (!isPathSegment(id))
    fields.tell(
      'an access token has an id that no URL can name: only "npm run admin -- token revoke -" ends it',
      '_id',
    );
  const application = fields.text('application') ?? null;
  return accessTokenWith({ application, master: fields.flag('master') ?? false, tenantPermissions, expiresOn }, id);
}
