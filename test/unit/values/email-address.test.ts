import fc from 'fast-check';
import { isEmailAddress, isIndexable, mailableAddress } from '../../../functions/shared/domain/values/email-address.ts';

const localUnit = fc.constantFrom(..."abzAZ09!#$%&'*+-/=?^_`{|}~ö漢");
const atom = fc.string({ unit: localUnit, minLength: 1, maxLength: 12 });
const word = fc.oneof(
  atom,
  fc.string({ unit: fc.constantFrom(...'a b@.,()<>ö') }).map((text) => `"${text}"`),
);
const dotted = (part: fc.Arbitrary<string>) =>
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const address = fc.tuple(dotted(word), dotted(atom)).map(([local, domain]) => `${local}@${domain}`);

describe('isEmailAddress', () => {
  test.each([
    'a@b',
    'a+b@c.d',
    "o'k@b.c",
    'a@-b.c',
    'a@[1.2.3.4]',
    'a@[IPv6:::1]',
    '"a b"@c.d',
    '"a@b"@c.d',
    String.raw`"a\"b"@c.d`,
    'a."b c".d@e',
    'jörg@münchen.example',
    '漢@字.例',
    'ALICE@example.com',
    'bob@localhost',
    `${'a'.repeat(998)}@b`,
  ])('accepts %j', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  test.each([
    '',
    'not-an-email',
    'zzz',
    '@',
    'a@',
    '@b',
    'a b@c.d',
    'a@b c.d',
    '.a@b',
    'a.@b',
    'a..b@c',
    'a@.b',
    'a@b.',
    'a@b..c',
    'a@b@c',
    'a@b,c@d',
    'a@b;c@d',
    'a(comment)@b',
    'a@b(comment)',
    ' a@b',
    'a@b ',
    '\u00a0a@b',
    'a@b\u3000',
    '\ufeffa@b',
    'Bob <bob@example.com>',
    '<a@b>',
    'group:a@b;',
    'a\u0000@b',
    'a@b\n',
    'a@b\r\nBcc: c@d',
    '"a\r\nb"@c',
    '"a\tb"@c',
    'a\u0085@b',
    'a\u2028@b',
    '\ud800@b',
    '"a@b',
    'a"b"@c',
    '"a"b@c',
    'a@"b"',
    'a@[1.2.3.4',
    'a@[1 2]',
    'a@[]',
    String.raw`a\b@c`,
    `${'a'.repeat(999)}@b`,
  ])('rejects %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });

  test('accepts every address of the grammar', () => {
    fc.assert(fc.property(address, (text) => isEmailAddress(text)));
  });

  test('accepts no text that breaks a header line', () => {
    const broken = fc.tuple(address, fc.constantFrom('\r', '\n', '\0', '\u2028'), fc.nat());
    fc.assert(
      fc.property(broken, ([text, mark, at]) => {
        const index = at % (text.length + 1);
        return !isEmailAddress(text.slice(0, index) + mark + text.slice(index));
      }),
    );
  });

  test.each(['a.'.repeat(500), '"a".'.repeat(250), `"${String.raw`\a`.repeat(499)}`, `a@${'[a].'.repeat(249)}`])(
    'rejects a long hostile text without trying every way to read it',
    (text) => {
      expect(isEmailAddress(text)).toBe(false);
    },
  );
});

test('every address can be indexed, in lower case too, which may be longer', () => {
  const longest = `${'İ'.repeat(499)}@b`;
  expect([isEmailAddress(longest), isIndexable(longest)]).toEqual([true, true]);
  expect([isIndexable('a'.repeat(2000)), isIndexable('a'.repeat(2001)), isIndexable('İ'.repeat(667))]).toEqual([
    true,
    false,
    false,
  ]);
});

describe('mailableAddress', () => {
  test.each(['a@b', "o'k+x@b.c", '"a b"@c.d', `a@${'b'.repeat(63)}.c`, `${'a'.repeat(64)}@b`])(
    'gives %j as it is',
    (text) => {
      expect(mailableAddress(text)).toBe(text);
    },
  );

  test('writes a domain of other letters in Punycode', () => {
    expect(mailableAddress('info@münchen.example')).toBe('info@xn--mnchen-3ya.example');
  });

  test.each([
    ['an invalid address', 'a@'],
    ['no address', ''],
    ['other letters before the @', 'jörg@example.com'],
    ['a path after the domain', 'a@é.example/evil'],
    ['a fragment after the domain', 'a@é.example#evil'],
    ['an escaped character in the domain', 'a@é%2eexample'],
    ['a domain that has no Punycode form', 'a@é\u202e.example'],
    ['an address literal of other letters', 'a@[é]'],
    ['an address literal', 'a@[1.2.3.4]'],
    ['an underscore in the domain', 'a@b_c.d'],
    ['a slash in the domain', 'a@b/c'],
    ['an escape in a domain of ASCII', 'a@%62.c'],
    ['a label that begins with a hyphen', 'a@-b.c'],
    ['a label that ends with one', 'a@b-.c'],
    ['a label that is too long', `a@${'b'.repeat(64)}.c`],
    ['an underscore beside other letters', 'a@b_é.d'],
    ['an address in quotes', '"a@b"@c.d'],
    ['another recipient in quotes', '"x@y.z> ORCPT=a@b.c"@d.e'],
    ['more before the @ than SMTP takes', `${'a'.repeat(65)}@b`],
    ['a longer domain than SMTP takes', `a@${'b'.repeat(256)}`],
    ['a domain whose Punycode form is too long', `a@${Array(40).fill('éé').join('.')}`],
  ])('gives nothing for %s', (_what, text) => {
    expect(mailableAddress(text)).toBeUndefined();
  });

  test('gives only ASCII that is an address again, for the same local part', () => {
    fc.assert(
      fc.property(address, (text) => {
        const mailable = mailableAddress(text);
        if (mailable === undefined) return;
        expect(mailable).toMatch(/^[ -~]+$/);
        expect(isEmailAddress(mailable)).toBe(true);
        expect(mailable.slice(0, mailable.lastIndexOf('@'))).toBe(text.slice(0, text.lastIndexOf('@')));
      }),
    );
  });
});
