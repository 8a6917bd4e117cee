import { createHash, timingSafeEqual } from 'node:crypto';
import { setting } from '../../config/configuration.ts';
import { assertThat, managementTokenDenied } from '../../errors/api-error.ts';

/** 401 `ACCESS_DENIED` unless it is the token whose SHA-256 is configured; nothing configured lets nobody in (contract 4.1, 6.13). */
export function requireManagementToken(token: string): void {
  const expected = Buffer.from(setting('managementTokenSha256'), 'hex');
  const given = createHash('sha256').update(token).digest();
  assertThat(expected.length === given.length && timingSafeEqual(expected, given), managementTokenDenied);
}
