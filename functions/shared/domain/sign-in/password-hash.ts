import { argon2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { verifyLegacyHash } from './legacy-password-hash.ts';

const COST = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

/** Synchronous on purpose: a sandbox serves one request at a time, and the asynchronous call keeps its memory. */
const derive = (password: string, salt: Uint8Array) =>
  argon2Sync('argon2id', { ...COST, message: password, nonce: salt });

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The argon2id hash of a password in PHC form. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${PREFIX}${base64(salt)}$${base64(derive(password, salt))}`;
}

/**
 * Whether the password is the one of the hash, of today's form or the old server's (contract 8.1). Every failure costs the same work, or its
 * time would tell a user with an old hash from one that does not exist.
 */
export function verifyPassword(password: string, hash: string): boolean {
  if (!hash.startsWith(PREFIX)) {
    const isRight = verifyLegacyHash(password, hash);
    if (!isRight) verifyNothing(password);
    return isRight;
  }
  const [salt = '', tag = ''] = hash.slice(PREFIX.length).split('$');
  const expected = Buffer.from(tag, 'base64');
  const derived = derive(password, Buffer.from(salt, 'base64'));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** Whether the hash should be replaced by `hashPassword` of the same password at the next occasion. */
export const isOutdated = (hash: string): boolean => !hash.startsWith(PREFIX);

/** The work of a check, for users that do not exist: the time of the answer tells nothing about them. */
export function verifyNothing(password: string): void {
  derive(password, new Uint8Array(16));
}
