import { hash, timingSafeEqual } from 'node:crypto';

const ROUNDS = 1000;
/** Base64 of 32 hash bytes, then of 16 salt bytes. */
const format = /^([A-Za-z0-9+/]{43}=)\|([A-Za-z0-9+/]{22}==)$/;

/** Whether a stored hash is of the server that we replace (contract 8.1). */
export const isLegacyHash = (stored: string): boolean => format.test(stored);

/** Whether the password is the one of the stored hash of the server that we replace; false for any other text (contract 8.1). */
export function verifyLegacyHash(password: string, stored: string): boolean {
  const [, digest, salt] = format.exec(stored) ?? [];
  if (digest === undefined || salt === undefined) return false;
  let computed = sha256(Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(password)]));
  for (let round = 0; round < ROUNDS; round++) computed = sha256(computed);
  return timingSafeEqual(computed, Buffer.from(digest, 'base64'));
}

const sha256 = (data: Buffer) => hash('sha256', data, 'buffer');
