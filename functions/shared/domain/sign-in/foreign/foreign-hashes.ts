/** Loaded only where a hash of another identity store is met, or a tenant has some: bundles have it in a file of its own. */
import { createCipheriv, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Argon2 } from '../argon2-input.ts';
import type { FirebaseKeys } from './firebase-keys.ts';
import { type HashKind, type ScryptKind, textOfKind } from './hash-kind.ts';
import { type ForeignHash, readHash, readKindText } from './read-hash.ts';

/** What some of the algorithms need. */
export interface Means {
  readonly argon2: Argon2;
  /** The tenant's; undefined where it has none. Asked for at each check of a hash of Firebase. */
  findFirebaseKeys(): Promise<FirebaseKeys | undefined>;
}

/** Twice the bound of `isWithinBounds`: OpenSSL counts more than the blocks. */
const MOST_SCRYPT_BYTES = 256 * 1024 * 1024;
const AES_KEY_BYTES = 32;

/** Synchronous on purpose, like the argon2id of the runtime: a sandbox serves one request at a time. */
const scrypt = (password: string, salt: Uint8Array, length: number, kind: ScryptKind): Uint8Array =>
  scryptSync(password, salt, length, {
    N: 2 ** kind.logRounds,
    r: kind.blockSize,
    p: kind.parallelism,
    maxmem: MOST_SCRYPT_BYTES,
  });

/** Firebase's tag: the project's key, encrypted under what scrypt makes of the password. Without the keys the same work, and a tag that no password has. */
async function firebaseTag(password: string, { salt, tag }: ForeignHash, kind: ScryptKind, means: Means) {
  const keys = await means.findFirebaseKeys();
  const separator = Buffer.from(keys?.saltSeparator ?? '', 'base64');
  const key = scrypt(password, Buffer.concat([salt, separator]), AES_KEY_BYTES, kind);
  const plain = keys === undefined ? new Uint8Array(tag.length) : Buffer.from(keys.signerKey, 'base64');
  const encrypted = createCipheriv('aes-256-ctr', key, new Uint8Array(16)).update(plain);
  return keys === undefined ? encrypted.fill(0) : encrypted;
}

async function tagOf(password: string, hash: ForeignHash, means: Means): Promise<Uint8Array> {
  const { kind, salt, tag } = hash;
  switch (kind.algorithm) {
    case 'argon2id':
    case 'argon2i':
      return means.argon2({ ...kind, password, salt, tagLength: tag.length });
    case 'scrypt':
      return scrypt(password, salt, tag.length, kind);
    case 'firescrypt':
      return firebaseTag(password, hash, kind, means);
    case 'pbkdf2':
      return pbkdf2Sync(password, salt, kind.iterations, tag.length, kind.digest);
    case 'bcrypt': {
      const { bcrypt } = await import('./bcrypt.ts');
      return bcrypt(password, salt, kind.logRounds);
    }
  }
}

/** What a check came to: the kind of hash whose work is done; undefined where the stored text is none of a known kind. */
export interface CheckedHash {
  readonly isRight: boolean;
  readonly kind: string | undefined;
}

/** Whether the password is the one of the stored hash of another identity store; false for any other text (contract 8.1). */
export async function checkForeignHash(password: string, stored: string, means: Means): Promise<CheckedHash> {
  const hash = readHash(stored);
  if (hash === undefined) return { isRight: false, kind: undefined };
  const tag = await tagOf(password, hash, means);
  return { isRight: tag.length === hash.tag.length && timingSafeEqual(tag, hash.tag), kind: textOfKind(hash.kind) };
}

const NO_SALT = new Uint8Array(16);
const lengthOf = (kind: HashKind) => (kind.algorithm === 'pbkdf2' ? kind.tagLength : 32);

/** The work of a check of each of these kinds, as a tenant's note has them. */
export async function checkNothing(password: string, kinds: readonly string[], means: Means): Promise<void> {
  for (const text of kinds) {
    const kind = readKindText(text);
    if (kind !== undefined) await tagOf(password, { kind, salt: NO_SALT, tag: new Uint8Array(lengthOf(kind)) }, means);
  }
}
