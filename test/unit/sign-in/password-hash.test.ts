import crypto from 'node:crypto';
import { hashPassword, renewedHash } from '../../../functions/shared/domain/sign-in/password-hash.ts';
import { verifyAlike, verifyPassword } from '../../../functions/shared/domain/sign-in/verify-password.ts';

const legacy = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
const legacyOfNothing = '3rVgVLXr2msOAaHrXu2ideF+NOZE19V17ddSAvC2DTo=|AAECAwQFBgcICQoLDA0ODw==';
const key = crypto.pbkdf2Sync('correct horse', 'salt', 7, 32, 'sha256').toString('base64');
const pbkdf2 = `$pbkdf2-sha256$i=7$c2FsdA$${key}`;
const scrypt = `$scrypt$ln=4,r=1,p=1$c2FsdA$${crypto.scryptSync('correct horse', 'salt', 32, { N: 16, r: 1, p: 1 }).toString('base64')}`;

afterEach(() => jest.restoreAllMocks());

test('a password is known again by a hash of any form', async () => {
  for (const hash of [await hashPassword('correct horse'), legacy, pbkdf2, scrypt])
    for (const verify of [verifyPassword, verifyAlike]) {
      expect(await verify('correct horse', hash)).toBe(true);
      expect(await verify('Correct horse', hash)).toBe(false);
    }
});

/** How often each of the costly functions is called with each cost, in any order. */
function costsOf() {
  const argon2 = jest.spyOn(crypto, 'argon2Sync');
  const ofPbkdf2 = jest.spyOn(crypto, 'pbkdf2Sync');
  const ofScrypt = jest.spyOn(crypto, 'scryptSync');
  return () =>
    [
      ...argon2.mock.calls.map(([name, { memory }]) => `${name} ${memory}`),
      ...ofPbkdf2.mock.calls.map(([, , iterations]) => `pbkdf2 ${iterations}`),
      ...ofScrypt.mock.calls.map(([, , , options]) => `scrypt ${options?.N}`),
    ].sort();
}

type Form = readonly [string, () => Promise<string> | string | undefined];
const everywhere: readonly Form[] = [
  ['of today', () => hashPassword('correct horse')],
  ['of the old server', () => legacy],
  ['that cannot be read', () => 'md5'],
  ['that is missing', () => undefined],
];
const ofOtherStores: readonly Form[] = [
  ['of one other store', () => pbkdf2],
  ['of another', () => scrypt],
];

describe.each([
  { kinds: [], work: ['argon2id 19456'], forms: everywhere },
  {
    kinds: ['$pbkdf2-sha256$i=7,l=32', '$scrypt$ln=4,r=1,p=1', '$firescrypt$ln=5,r=1,p=1'],
    work: ['argon2id 19456', 'pbkdf2 7', 'scrypt 16', 'scrypt 32'],
    forms: [...everywhere, ...ofOtherStores],
  },
])('in a tenant that notes the kinds $kinds', ({ kinds, work, forms }) => {
  const tenant = { kinds, findFirebaseKeys: async () => undefined };

  test.each(forms)('a wrong password costs the same work with a hash %s', async (_, made) => {
    const hash = await made();
    await hashPassword('whatever');
    const costs = costsOf();
    expect(await verifyPassword('wrong', hash, tenant)).toBe(false);
    expect(costs()).toEqual(work);
  });

  test.each(forms)('where it must tell nothing, a right one does, too, with a hash %s', async (_, made) => {
    const hash = await made();
    const costs = costsOf();
    await verifyAlike('correct horse', hash, tenant);
    expect(costs()).toEqual(work);
  });
});

test('a hash of another form is renewed, unless it is of the empty password; one of today stays', async () => {
  for (const hash of [legacy, pbkdf2]) {
    const renewed = await renewedHash('correct horse', hash);
    expect(await verifyPassword('correct horse', renewed)).toBe(true);
    expect(await renewedHash('correct horse', String(renewed))).toBeUndefined();
  }
  expect(await verifyPassword('', legacyOfNothing)).toBe(true);
  expect(await renewedHash('', legacyOfNothing)).toBeUndefined();
});
