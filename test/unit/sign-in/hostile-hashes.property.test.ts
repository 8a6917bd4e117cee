import fc from 'fast-check';
import { isCheckableHash } from '../../../functions/shared/domain/sign-in/checkable-hash.ts';
import { checkForeignHash, checkNothing } from '../../../functions/shared/domain/sign-in/foreign/foreign-hashes.ts';
import { millisecondsOf, textOfKind } from '../../../functions/shared/domain/sign-in/foreign/hash-kind.ts';
import { readHash, readKindText } from '../../../functions/shared/domain/sign-in/foreign/read-hash.ts';
import { hashPassword, isOurHash } from '../../../functions/shared/domain/sign-in/password-hash.ts';
import { verifyPassword } from '../../../functions/shared/domain/sign-in/verify-password.ts';

/** Small and large ones alike, and those around powers of two. */
const number = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 9_999_999 }),
  fc.integer({ min: 0, max: 23 }).map((n) => 2 ** n),
);
const base64 = (least: number, most: number) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => Buffer.from(bytes).toString('base64'));
const kind = fc.oneof(
  fc
    .tuple(fc.constantFrom('argon2id', 'argon2i', 'argon2d'), number, number, number)
    .map(([name, m, t, p]) => `$${name}$v=19$m=${m},t=${t},p=${p}`),
  fc
    .tuple(fc.constantFrom('scrypt', 'firescrypt'), number, number, number)
    .map(([name, ln, r, p]) => `$${name}$ln=${ln},r=${r},p=${p}`),
  fc
    .tuple(fc.constantFrom('sha1', 'sha256', 'sha512', 'md5'), number, fc.integer({ min: 0, max: 200 }))
    .map(([name, i, l]) => `$pbkdf2-${name}$i=${i}${l > 128 ? '' : `,l=${l}`}`),
);
const bcrypt = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.stringMatching(/^[./A-Za-z0-9]{53}$/))
  .map(([cost, rest]) => {
    return `$2b$${String(cost).padStart(2, '0')}$${rest}`;
  });
const hostile = fc.oneof(
  fc.tuple(kind, base64(0, 140), base64(0, 140)).map((parts) => parts.join('$')),
  bcrypt,
  fc.stringMatching(/^\$[$a-z0-9=,+/]{0,60}$/),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const means = { argon2: () => new Uint8Array(16), findFirebaseKeys: async () => undefined };
/** Whether the runtime takes it, at no cost that counts. */
const CHEAP_MS = 2;

test('no stored text throws or costs more than its bound, and the kind of one that is checked can be noted', () => {
  fc.assert(
    fc.property(hostile, (stored) => {
      const hash = readHash(stored);
      if (hash === undefined) return;
      expect(millisecondsOf(hash.kind)).toBeLessThanOrEqual(500);
      expect(readKindText(textOfKind(hash.kind))).toBeDefined();
      expect(isCheckableHash(stored)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test('whatever can be checked is a failed sign-in, and no fault of the function', async () => {
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(hostile, async (stored) => {
      const hash = readHash(stored);
      if (hash === undefined || millisecondsOf(hash.kind) > CHEAP_MS) return;
      checked++;
      await expect(verifyPassword('no password of it', stored)).resolves.toBe(false);
      await checkNothing('no password of it', [textOfKind(hash.kind)], means);
    }),
    { numRuns: 2000 },
  );
  expect(checked).toBeGreaterThan(0);
});

test.each([
  // More rounds than so small a block allows.
  '$scrypt$ln=16,r=1,p=1',
  '$scrypt$ln=20,r=1,p=1',
  '$firescrypt$ln=17,r=1,p=1',
  // More memory than OpenSSL is given.
  '$scrypt$ln=1,r=500000,p=1',
  // What is done for each lane or block takes far longer than the rounds.
  '$scrypt$ln=1,r=1,p=555000',
  '$scrypt$ln=2,r=100,p=2700',
  '$argon2id$v=19$m=512,t=781,p=64',
  '$argon2id$v=19$m=7992,t=50,p=999',
])('%s, which would fault or stall a function, is none that is checked', async (text) => {
  const stored = `${text}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
  expect(readHash(stored)).toBeUndefined();
  expect(readKindText(text)).toBeUndefined();
  expect(await checkForeignHash('password', stored, means)).toEqual({ isRight: false, kind: undefined });
});

test('a hash with the parameters of ours and another length is one of another store, and its password is right', async () => {
  const ours = await hashPassword('correct horse');
  expect(isOurHash(ours)).toBe(true);
  const short = '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$1ZHFDAXdTLexEN5AhRUE7w';
  expect(isOurHash(short)).toBe(false);
  expect(await verifyPassword('correct horse', short)).toBe(true);
});
