import { foreignKindOf, isCheckableHash } from '../../../functions/shared/domain/sign-in/checkable-hash.ts';
import { fittingKinds } from '../../../functions/shared/domain/sign-in/foreign/hash-note.ts';
import { readKindText } from '../../../functions/shared/domain/sign-in/foreign/read-hash.ts';
import { hashPassword } from '../../../functions/shared/domain/sign-in/password-hash.ts';

const base64 = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64').replace(/=+$/, '');
const rest = `$${base64(16)}$${base64(32)}`;
const ofBcrypt = (prefix: string) => `${prefix}$${'a'.repeat(21)}e${'b'.repeat(31)}`;

test.each([
  [`$argon2id$v=19$m=131072,t=3,p=4${rest}`, '$argon2id$v=19$m=131072,t=3,p=4'],
  [`$argon2i$v=19$m=8,t=1,p=1${rest}`, '$argon2i$v=19$m=8,t=1,p=1'],
  [`$scrypt$ln=17,r=8,p=1${rest}`, '$scrypt$ln=17,r=8,p=1'],
  [`$scrypt$ln=32768,r=8,p=1${rest}`, '$scrypt$ln=15,r=8,p=1'],
  [`$firescrypt$ln=14,r=8,p=1${rest}`, '$firescrypt$ln=14,r=8,p=1'],
  [`$pbkdf2-sha1$i=1300000$${base64(16)}$${base64(20)}`, '$pbkdf2-sha1$i=1300000,l=20'],
  [`$pbkdf2-sha256$i=600000,l=32${rest}`, '$pbkdf2-sha256$i=600000,l=32'],
  [`$pbkdf2-sha512$i=210000$${base64(1)}$${base64(64)}`, '$pbkdf2-sha512$i=210000,l=64'],
  [ofBcrypt('$2a$04'), '$2b$04'],
  [ofBcrypt('$2y$12'), '$2b$12'],
])('%s can be checked, and is of its kind', (stored, kind) => {
  expect([isCheckableHash(stored), foreignKindOf(stored)]).toEqual([true, kind]);
  expect(readKindText(kind)).toBeDefined();
});

test('what is of today, or of the old server, can be checked and is of no foreign kind', async () => {
  const legacy = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
  for (const stored of [await hashPassword('correct horse'), legacy])
    expect([isCheckableHash(stored), foreignKindOf(stored)]).toEqual([true, undefined]);
});

test.each([
  // Too costly, by time or by memory.
  `$argon2id$v=19$m=131072,t=4,p=1${rest}`,
  `$argon2id$v=19$m=131073,t=1,p=1${rest}`,
  `$argon2id$v=19$m=4096,t=999999,p=1${rest}`,
  `$scrypt$ln=18,r=8,p=1${rest}`,
  `$scrypt$ln=17,r=8,p=2${rest}`,
  `$scrypt$ln=31,r=1,p=1${rest}`,
  `$scrypt$ln=1,r=1,p=200000${rest}`,
  `$scrypt$ln=1,r=500000,p=1${rest}`,
  `$argon2id$v=19$m=512,t=781,p=64${rest}`,
  `$argon2id$v=19$m=7992,t=50,p=999${rest}`,
  `$firescrypt$ln=14,r=8,p=999999${rest}`,
  `$pbkdf2-sha256$i=1400000,l=32${rest}`,
  `$pbkdf2-sha256$i=700000$${base64(16)}$${base64(64)}`,
  `$pbkdf2-sha512$i=600000$${base64(16)}$${base64(64)}`,
  ofBcrypt('$2b$13'),
  ofBcrypt('$2b$99'),
  // Not defined.
  `$argon2id$v=19$m=15,t=1,p=2${rest}`,
  `$argon2id$v=19$m=64,t=0,p=1${rest}`,
  `$argon2id$v=19$m=64,t=1,p=0${rest}`,
  `$argon2id$v=16$m=64,t=1,p=1${rest}`,
  `$argon2id$m=64,t=1,p=1${rest}`,
  `$argon2d$v=19$m=64,t=1,p=1${rest}`,
  `$argon2id$v=19$t=1,m=64,p=1${rest}`,
  `$argon2id$v=19$m=64,t=1,p=1$${base64(7)}$${base64(32)}`,
  `$scrypt$ln=0,r=8,p=1${rest}`,
  `$scrypt$ln=16385,r=8,p=1${rest}`,
  `$scrypt$ln=10,r=0,p=1${rest}`,
  `$scrypt$ln=16,r=1,p=1${rest}`,
  `$scrypt$ln=20,r=1,p=1${rest}`,
  `$pbkdf2-sha256$i=0${rest}`,
  `$pbkdf2-sha256$i=1000,l=33${rest}`,
  `$pbkdf2-md5$i=1000${rest}`,
  ofBcrypt('$2b$03'),
  ofBcrypt('$2x$10'),
  `$2b$10${rest}`,
  // Salt or tag of a size or spelling that nobody makes.
  `$scrypt$ln=10,r=8,p=1$${base64(16)}$${base64(15)}`,
  `$scrypt$ln=10,r=8,p=1$${base64(16)}$${base64(129)}`,
  `$scrypt$ln=10,r=8,p=1$${base64(129)}$${base64(32)}`,
  `$scrypt$ln=10,r=8,p=1$$${base64(32)}`,
  `$scrypt$ln=10,r=8,p=1$${base64(16)}$${base64(32)}$`,
  `$scrypt$ln=10,r=8,p=1$${base64(16)}`,
  `$scrypt$ln=10,r=8,p=1$a-_b$${base64(32)}`,
  `$scrypt$ln=10,r=8,p=1$aB$${base64(32)}`,
  ofBcrypt('$2b$10').slice(0, -1),
  `${ofBcrypt('$2b$10')}\n`,
  // Of today's form, but for its end.
  `$argon2id$v=19$m=19456,t=2,p=1$${base64(16)}$`,
  '',
  'md5',
  '$',
  '$$$',
])('%j is none that can be checked', (stored) => {
  expect([isCheckableHash(stored), foreignKindOf(stored)]).toEqual([false, undefined]);
});

test('of the kinds that are wanted in a tenant those are noted that a failed sign-in can do', () => {
  const [twelve, scrypt, eleven, ten] = ['$2b$12', '$scrypt$ln=17,r=8,p=1', '$2b$11', '$2b$10'] as const;
  expect(fittingKinds([], [ten, ten])).toEqual([ten]);
  expect(fittingKinds([ten], [ten, eleven])).toEqual([ten, eleven]);
  expect(fittingKinds([twelve], [scrypt, eleven, ten])).toEqual([twelve, scrypt, ten]);
});
