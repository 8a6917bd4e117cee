import fc from 'fast-check';
import { isLegacyHash, verifyLegacyHash } from '../../../functions/shared/domain/sign-in/legacy-password-hash.ts';

const stored = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';

const malformed = [
  '',
  '|',
  'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=',
  'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|',
  '|AAECAwQFBgcICQoLDA0ODw==',
  'Bqap0aPRFeuqmJJSuYpDlg==|AAECAwQFBgcICQoLDA0ODw==',
  'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==|x',
  'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==\n',
  'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk_|AAECAwQFBgcICQoLDA0ODw==',
  '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk',
];

describe('verifyLegacyHash', () => {
  test.each([
    ['correct horse', stored],
    ['pässwörd', '61kC1Ywyfq0i2QDitmuKHv65w2eHg+1CQwiIACFgZSI=|AAECAwQFBgcICQoLDA0ODw=='],
    ['admin', '4rQ8a67wAk1GRwIqHix5kYw1MORa49o83Y7zXQhBqT0=|j4vsWtPbYjO3LfSiQcnGlw=='],
  ])('knows the password %j again', (password, hash) => {
    expect(verifyLegacyHash(password, hash)).toBe(true);
  });

  test.each(['', 'Correct horse', 'correct horse ', 'pässwörd'])('refuses %j for another password', (password) => {
    expect(verifyLegacyHash(password, stored)).toBe(false);
  });

  test.each(malformed)('refuses every password for the malformed %j', (text) => {
    expect(verifyLegacyHash('correct horse', text)).toBe(false);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (password, text) => verifyLegacyHash(password, text) === false));
  });
});

describe('isLegacyHash', () => {
  test('knows the format', () => {
    expect(isLegacyHash(stored)).toBe(true);
  });

  test.each(malformed)('refuses %j', (text) => {
    expect(isLegacyHash(text)).toBe(false);
  });
});
