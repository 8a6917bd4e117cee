import { type HashKind, isWithinBounds, textOfKind } from './hash-kind.ts';

/** A stored hash of another identity store (contract 8.1). */
export interface ForeignHash {
  readonly kind: HashKind;
  readonly salt: Uint8Array;
  readonly tag: Uint8Array;
}

/** Shorter ones are found by chance, longer ones nobody makes. */
const TAG_BYTES = { least: 16, most: 128 };
const MOST_SALT_BYTES = 128;
/** Argon2 has no shorter one. */
const LEAST_ARGON2_SALT_BYTES = 8;
const BCRYPT_TAG_BYTES = 23;

const argon2 = /^\$(argon2id|argon2i)\$v=19\$m=(\d{1,7}),t=([1-9]\d{0,5}),p=([1-9]\d{0,2})$/;
const scrypt = /^\$(scrypt|firescrypt)\$ln=(\d{1,6}),r=([1-9]\d{0,5}),p=([1-9]\d{0,5})$/;
const pbkdf2 = /^\$pbkdf2-(sha1|sha256|sha512)\$i=([1-9]\d{0,6})(?:,l=([1-9]\d{0,2}))?$/;
const bcrypt = /^\$2[aby]\$(\d\d)$/;
const digests = { sha1: 'sha1', sha256: 'sha256', sha512: 'sha512' } as const;

/** Some write the number of rounds where its logarithm belongs; NaN where it has none. */
function logRoundsOf(ln: number): number {
  if (ln < 32) return ln > 0 ? ln : Number.NaN;
  return Number.isInteger(Math.log2(ln)) ? Math.log2(ln) : Number.NaN;
}

/** The kind that stands before salt and tag, whatever it costs; undefined for one that is not known. */
function kindOf(text: string, tagLength: number): HashKind | undefined {
  const [, ofArgon2, memory, passes, lanes] = argon2.exec(text) ?? [];
  if (ofArgon2 !== undefined) {
    const algorithm = ofArgon2 === 'argon2i' ? 'argon2i' : 'argon2id';
    return { algorithm, memory: Number(memory), passes: Number(passes), parallelism: Number(lanes) };
  }
  const [, ofScrypt, ln, blockSize, parallelism] = scrypt.exec(text) ?? [];
  if (ofScrypt !== undefined) {
    const logRounds = logRoundsOf(Number(ln));
    const algorithm = ofScrypt === 'scrypt' ? 'scrypt' : 'firescrypt';
    return { algorithm, logRounds, blockSize: Number(blockSize), parallelism: Number(parallelism) };
  }
  const [, digest, iterations, length = tagLength] = pbkdf2.exec(text) ?? [];
  if (digest === 'sha1' || digest === 'sha256' || digest === 'sha512')
    return { algorithm: 'pbkdf2', digest: digests[digest], iterations: Number(iterations), tagLength: Number(length) };
  const [, rounds] = bcrypt.exec(text) ?? [];
  return rounds === undefined ? undefined : { algorithm: 'bcrypt', logRounds: Number(rounds) };
}

/** Within its bounds. */
function boundedKind(text: string, tagLength: number): HashKind | undefined {
  const kind = kindOf(text, tagLength);
  return kind !== undefined && isWithinBounds(kind) ? kind : undefined;
}

const standard = /^[A-Za-z0-9+/]+={0,2}$/;

/** Undefined for what is no base64, or is another text than its bytes make. */
function bytesOf(base64: string): Uint8Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = standard.test(base64) && bytes.toString('base64').startsWith(base64.replace(/=+$/, ''));
  return isWhole ? bytes : undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const ALPHABET_OF_BCRYPT = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Of bcrypt's own base64; bits beyond the last byte, which some write at random, do not count. */
const bytesOfBcrypt = (text: string): Uint8Array =>
  Buffer.from(
    text.replace(/./g, (letter) => ALPHABET[ALPHABET_OF_BCRYPT.indexOf(letter)] ?? ''),
    'base64',
  );

function readBcrypt(stored: string): ForeignHash | undefined {
  const [, text = '', salt = '', tag = ''] = /^(.{6})\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/.exec(stored) ?? [];
  const kind = boundedKind(text, BCRYPT_TAG_BYTES);
  return kind?.algorithm === 'bcrypt' ? { kind, salt: bytesOfBcrypt(salt), tag: bytesOfBcrypt(tag) } : undefined;
}

const isOfSize = ({ kind, salt, tag }: ForeignHash): boolean =>
  salt.length >= ('memory' in kind ? LEAST_ARGON2_SALT_BYTES : 1) &&
  salt.length <= MOST_SALT_BYTES &&
  tag.length >= TAG_BYTES.least &&
  tag.length <= TAG_BYTES.most &&
  (kind.algorithm !== 'pbkdf2' || kind.tagLength === tag.length);

function readPhc(stored: string): ForeignHash | undefined {
  const [, text = '', ofSalt = '', ofTag = ''] = /^(\$.{1,80})\$([^$]{1,180})\$([^$]{1,180})$/.exec(stored) ?? [];
  const [salt, tag] = [bytesOf(ofSalt), bytesOf(ofTag)];
  const kind = tag && boundedKind(text, tag.length);
  if (salt === undefined || tag === undefined || kind === undefined || kind.algorithm === 'bcrypt') return undefined;
  const hash = { kind, salt, tag };
  return isOfSize(hash) ? hash : undefined;
}

/** A stored hash of another identity store; undefined for any other text, and for one that would cost too much to check (contract 8.1). */
export const readHash = (stored: string): ForeignHash | undefined => readBcrypt(stored) ?? readPhc(stored);

/** The kind of a stored hash as a tenant's note has it; undefined where `readHash` has nothing. */
export function kindTextOf(stored: string): string | undefined {
  const hash = readHash(stored);
  return hash && textOfKind(hash.kind);
}

/** What a tenant's note says; undefined for what none says. */
export const readKindText = (text: string): HashKind | undefined => {
  const kind = boundedKind(text, BCRYPT_TAG_BYTES);
  return kind && textOfKind(kind) === text ? kind : undefined;
};
