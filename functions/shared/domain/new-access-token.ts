import type * as z from 'zod/mini';
import { assertThat, invalidRequest } from '../errors/api-error.ts';
import type { accessTokenBody } from '../http/bodies.ts';
import { requireWellFormed } from './json.ts';
import type { AccessToken } from './model.ts';

/** What a key of the store can hold (contract 9.1 #54). */
const ID_LIMIT_BYTES = 1024;

/** The token of a request body under this id (contract 5.1); 400 `OTHER` for an id that no request could carry. */
export function newAccessToken(body: z.output<typeof accessTokenBody>, id: string): AccessToken {
  assertThat(id !== '' && Buffer.byteLength(id) <= ID_LIMIT_BYTES, () =>
    invalidRequest(`The id of an access token must have 1 to ${ID_LIMIT_BYTES} bytes`),
  );
  requireWellFormed(id, 'The id of an access token');
  return {
    id,
    application: body.application,
    master: body.master,
    tenantPermissions: body.tenantPermissions,
    expiresOnMs: body.expiresOn,
    createdAtMs: Date.now(),
  };
}
