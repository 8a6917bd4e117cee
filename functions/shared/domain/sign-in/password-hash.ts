import { randomBytes, timingSafeEqual } from 'node:crypto';
import { provenArgon2id } from './argon2id.ts';
import { verifyLegacyHash } from './legacy-password-hash.ts';

const COST = { memory: 19_456, passes: 2, tagLength: 32 };
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

async function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  const argon2id = await provenArgon2id();
  return argon2id({ ...COST, password, salt });
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The argon2id hash, in PHC form, of a password that is not empty. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${PREFIX}${base64(salt)}$${base64(await derive(password, salt))}`;
}

/**
 * Whether the password is the one of the hash, of today's form or the old server's (contract 8.1). Every failure costs the same work, or its
 * time would tell a user with an old hash from one that does not exist.
 */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  if (!hash.startsWith(PREFIX)) {
    const isRight = verifyLegacyHash(password, hash);
    if (!isRight) await verifyNothing(password);
    return isRight;
  }
  const [salt = '', tag = ''] = hash.slice(PREFIX.length).split('$');
  const expected = Buffer.from(tag, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** What should stand in the place of the hash of this password from now on; undefined where it is of today's form. */
export async function renewedHash(password: string, hash: string): Promise<string | undefined> {
  // An old hash may be of the empty password, and stays.
  return hash.startsWith(PREFIX) || password === '' ? undefined : hashPassword(password);
}

/** The work of a check, for users that do not exist: the time of the answer tells nothing about them. */
export async function verifyNothing(password: string): Promise<void> {
  await derive(password, new Uint8Array(16));
}
