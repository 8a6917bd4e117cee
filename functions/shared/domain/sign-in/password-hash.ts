import { randomBytes, timingSafeEqual } from 'node:crypto';
import { provenArgon2 } from './argon2id.ts';

const COST = { algorithm: 'argon2id', memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

async function derive(password: string, salt: Uint8Array): Promise<Uint8Array> {
  const argon2 = await provenArgon2();
  return argon2({ ...COST, password, salt });
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The argon2id hash, in PHC form, of a password that is not empty. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${PREFIX}${base64(salt)}$${base64(await derive(password, salt))}`;
}

/** Another length of salt or tag is another form, whatever the cost. */
const REST = /^[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** Whether a stored hash is of today's form. */
export const isOurHash = (stored: string): boolean =>
  stored.startsWith(PREFIX) && REST.test(stored.slice(PREFIX.length));

/** Whether the password is the one of a stored hash of today's form. */
export async function verifyOurHash(password: string, stored: string): Promise<boolean> {
  const [salt = '', tag = ''] = stored.slice(PREFIX.length).split('$');
  const expected = Buffer.from(tag, 'base64');
  const derived = await derive(password, Buffer.from(salt, 'base64'));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** What should stand in the place of the hash of this password from now on; undefined where it is of today's form. */
export async function renewedHash(password: string, hash: string): Promise<string | undefined> {
  // An old hash may be of the empty password, and stays.
  return isOurHash(hash) || password === '' ? undefined : hashPassword(password);
}

/** The work of a check of a hash of today's form. */
export async function verifyNothing(password: string): Promise<void> {
  await derive(password, new Uint8Array(16));
}
