import crypto from 'node:crypto';
import {
  hashPassword,
  renewedHash,
  verifyNothing,
  verifyPassword,
} from '../../../functions/shared/domain/sign-in/password-hash.ts';

const legacy = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
const legacyOfNothing = '3rVgVLXr2msOAaHrXu2ideF+NOZE19V17ddSAvC2DTo=|AAECAwQFBgcICQoLDA0ODw==';

afterEach(() => jest.restoreAllMocks());

test('a password is known again by a hash of either form', async () => {
  for (const hash of [await hashPassword('correct horse'), legacy]) {
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('Correct horse', hash)).toBe(false);
  }
});

test.each([
  ['of today', () => hashPassword('correct horse')],
  ['of the old server', () => legacy],
  ['that cannot be read', () => 'md5'],
  ['that is missing', () => undefined],
])('a wrong password costs the same work with a hash %s', async (_, made) => {
  const hash = await made();
  await hashPassword('whatever');
  const derive = jest.spyOn(crypto, 'argon2Sync');
  if (hash === undefined) await verifyNothing('wrong');
  else expect(await verifyPassword('wrong', hash)).toBe(false);
  expect(derive).toHaveBeenCalledTimes(1);
});

test('a hash of the old server is renewed, unless it is of the empty password; one of today stays', async () => {
  const renewed = await renewedHash('correct horse', legacy);
  expect(await verifyPassword('correct horse', String(renewed))).toBe(true);
  expect(await renewedHash('correct horse', String(renewed))).toBeUndefined();
  expect(await verifyPassword('', legacyOfNothing)).toBe(true);
  expect(await renewedHash('', legacyOfNothing)).toBeUndefined();
});
