import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import { requireWellFormed } from '../values/json.ts';
import { requirePathSegment } from '../values/path-segment.ts';

/** The caller of a request (contract 2.3). */
export interface AccessToken {
  readonly id: string;
  readonly application: string | null;
  readonly master: boolean;
  readonly tenantPermissions: readonly TenantPermission[];
  /** Epoch milliseconds; null: never. */
  readonly expiresOnMs: number | null;
  readonly createdAtMs: number;
}

/** What an access token may do on a tenant, or on `*` (contract 4.2); `allowedActions` null: nothing. */
export interface TenantPermission {
  readonly tenant: string;
  readonly allowedActions: readonly string[] | null;
}

/** What a key of the store can hold (contract 9.1 #54). */
const ID_LIMIT_BYTES = 1024;
const ID = 'The id of an access token';

/** An access token as it is asked for. */
interface WantedAccessToken extends Pick<AccessToken, 'application' | 'master' | 'tenantPermissions'> {
  /** Epoch milliseconds; null: never. */
  readonly expiresOn: number | null;
}

/** An access token under this id, which an older server may have given; 400 `OTHER` for one that the store cannot hold. */
export function accessTokenWith(wanted: WantedAccessToken, id: string): AccessToken {
  assertThat(id !== '' && Buffer.byteLength(id) <= ID_LIMIT_BYTES, () =>
    invalidRequest(`${ID} must have 1 to ${ID_LIMIT_BYTES} bytes`),
  );
  requireWellFormed(id, ID);
  return {
    id,
    application: wanted.application,
    master: wanted.master,
    tenantPermissions: wanted.tenantPermissions,
    expiresOnMs: wanted.expiresOn,
    createdAtMs: Date.now(),
  };
}

/** A new access token under this id (contract 5.1); 400 `OTHER` for one that no URL could name, so that nobody could ever delete it. */
export function newAccessToken(wanted: WantedAccessToken, id: string): AccessToken {
  const token = accessTokenWith(wanted, id);
  requirePathSegment(id, ID);
  return token;
}

/** Whether it lets nobody in any more (contract 4.1). */
export const hasExpired = ({ expiresOnMs }: AccessToken, nowMs: number): boolean =>
  expiresOnMs !== null && nowMs >= expiresOnMs;
