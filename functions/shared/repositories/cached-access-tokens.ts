import type { CallsByIntent } from '../config/calls.ts';
import { setting } from '../config/configuration.ts';
import type { AccessToken } from '../domain/access/access-token.ts';
import { findAccessToken } from './access-tokens.ts';

const CACHE_LIMIT = 1000;
const cache = new Map<string, { readonly token: AccessToken; readonly readAtMs: number }>();

/** The stored token; where `CACHE_SECONDS` is above 0, as it was at most that long ago. Unknown ids are never kept. */
export async function findCachedAccessToken(id: string): Promise<AccessToken | undefined> {
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

/** What each intent calls. */
export const calls = {
  findCachedAccessToken: ['Get accessToken', 'Get accessTokenBody'],
} as const satisfies CallsByIntent;
