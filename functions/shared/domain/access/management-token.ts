import { createHash, timingSafeEqual } from 'node:crypto';
import { assertThat, managementTokenDenied } from '../../errors/api-error.ts';

/** 401 `ACCESS_DENIED` unless it is the token of this SHA-256 (hex), the configured one; nothing configured lets nobody in (contract 4.1, 6.13). */
export function requireManagementToken(token: string, sha256: string): void {
  const expected = Buffer.from(sha256, 'hex');
  const given = createHash('sha256').update(token).digest();
  assertThat(expected.length === given.length && timingSafeEqual(expected, given), managementTokenDenied);
}
