import { setting } from '../../config/configuration.ts';
import { assertThat, expiredAccessToken, missingAccessToken, unknownAccessToken } from '../../errors/api-error.ts';
import { findAccessToken } from '../../repositories/access-tokens.ts';
import type { AccessToken } from './access-token.ts';

const CACHE_LIMIT = 1000;
const cache = new Map<string, { readonly token: AccessToken; readonly readAtMs: number }>();

/** The stored token; where `CACHE_SECONDS` is above 0, as it was at most that long ago. Unknown ids are never kept. */
async function findCachedToken(id: string): Promise<AccessToken | undefined> {
  const cacheMs = setting('cacheSeconds') * 1000;
  if (cacheMs === 0) return findAccessToken(id);
  const nowMs = Date.now();
  const kept = cache.get(id);
  if (kept !== undefined && nowMs - kept.readAtMs < cacheMs && nowMs >= kept.readAtMs) return kept.token;
  const token = await findAccessToken(id);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  if (token === undefined) cache.delete(id);
  else cache.set(id, { token, readAtMs: nowMs });
  return token;
}

/** The access token that the caller named: 403 where it is missing, unknown or expired (contract 4.1). */
export async function authenticateCaller(id: string | undefined): Promise<AccessToken> {
  assertThat(id !== undefined && id !== '', missingAccessToken);
  const token = await findCachedToken(id);
  assertThat(token, () => unknownAccessToken(id));
  const { expiresOnMs } = token;
  if (expiresOnMs !== null && Date.now() >= expiresOnMs) throw expiredAccessToken(id, token.application, expiresOnMs);
  return token;
}
