import crypto from 'node:crypto';
import { hashPassword, verifyNothing, verifyPassword } from '../../../functions/shared/domain/sign-in/password-hash.ts';

const legacy = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';

afterEach(() => jest.restoreAllMocks());

test('a password is known again by a hash of either form', () => {
  for (const hash of [hashPassword('correct horse'), legacy]) {
    expect(verifyPassword('correct horse', hash)).toBe(true);
    expect(verifyPassword('Correct horse', hash)).toBe(false);
  }
});

test.each([
  ['of today', hashPassword('correct horse')],
  ['of the old server', legacy],
  ['that cannot be read', 'md5'],
  ['that is missing', undefined],
])('a wrong password costs the same work with a hash %s', (_, hash) => {
  const derive = jest.spyOn(crypto, 'argon2Sync');
  if (hash === undefined) verifyNothing('wrong');
  else expect(verifyPassword('wrong', hash)).toBe(false);
  expect(derive).toHaveBeenCalledTimes(1);
});
