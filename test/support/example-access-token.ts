import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';

/** An access token that is stored nowhere: of application `app`, which may do nothing, without end. */
export const exampleAccessToken = (partial: Partial<AccessToken> = {}): AccessToken => ({
  id: 'app-token',
  application: 'app',
  master: false,
  tenantPermissions: [],
  expiresOnMs: null,
  createdAtMs: 0,
  ...partial,
});
