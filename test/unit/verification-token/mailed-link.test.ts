import fc from 'fast-check';
import { linkBase, verificationLink } from '../../../functions/shared/domain/verification-token/mailed-link.ts';
import { invalidRequest } from '../../../functions/shared/errors/api-error.ts';

const refusal = (rule: string) => invalidRequest(`The URL for the link in the mail ${rule}`);
const notAbsolute = refusal('must be an absolute http or https URL');
const notAllowed = refusal('must lead to an allowed origin');

describe('linkBase', () => {
  test.each([
    'http://example.com',
    'http://example.com/',
    'https://example.com/verify?a=1&b=2',
    'http://example.com/#/reset',
    'http://localhost:8080/app/reset',
    'http://[::1]:8080/reset',
    'https://h/a%20b?next=https%3A%2F%2Fh%2F@x',
    'https://h/%0d%0a',
  ])('gives %j as it is', (text) => {
    expect(linkBase(text, [])).toBe(text);
  });

  test.each([
    ['http://example.com/"><b>', 'http://example.com/%22%3E%3Cb%3E'],
    ['https://h/a b', 'https://h/a%20b'],
    ['https://h/ü?ö=😀#€', 'https://h/%C3%BC?%C3%B6=%F0%9F%98%80#%E2%82%AC'],
    ['https://münchen.example/x', 'https://xn--mnchen-3ya.example/x'],
    ['HTTPS://Example.COM:443/Path', 'https://example.com/Path'],
  ])('writes %j as %j', (text, base) => {
    expect(linkBase(text, [])).toBe(base);
  });

  test.each([
    '',
    'zzz',
    '/verify',
    '//example.com/verify',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com/',
    'mailto:a@b',
    ' https://example.com/',
    'http:example.com',
    'http:/example.com',
    'http:///example.com',
    'http:/\\evil.example',
    'http:\\\\evil.example',
    'https://good.example\\.evil.example/',
    'https://good.example/\\evil.example',
    'https://',
    'https://?a=1',
    'https://:80/',
    'https://h:99999/',
    'https://h:port/',
    'https://[::1/',
    'https://a b/',
    'https://good.example&#64;evil.example/',
    'https://good.example&commat;evil.example/',
    'https://good%2eexample/',
    'https://good.example%40evil.example/',
    'https://good.example%00/',
    'https://℀.example/',
    'https://g\u00adood.example/',
    'https://1.2.3.4.5/',
  ])('refuses %j, which is no absolute URL for every reader', (text) => {
    expect(() => linkBase(text, [])).toThrow(notAbsolute);
  });

  test.each(['https://user@h/', 'https://user:secret@h/', 'https://@h/', 'https://good.example\\@evil.example/'])(
    'refuses the user information of %j',
    (text) => {
      expect(() => linkBase(text, [])).toThrow(refusal('must not hold user information'));
    },
  );

  test.each([
    'https://h/\r\nx',
    'ht\ttps://h/',
    'https://h\n.evil.example/',
    '\u0000https://h/',
    'https://h/\u007f',
    'https://h/\u0085',
  ])('refuses the control character of %j', (text) => {
    expect(() => linkBase(text, [])).toThrow(refusal('must not hold control characters'));
  });

  test('takes 2,048 characters', () => {
    const longest = `https://h/${'a'.repeat(2038)}`;
    expect(linkBase(longest, [])).toBe(longest);
  });

  test.each([`https://h/${'a'.repeat(2039)}`, `https://h/${'ü'.repeat(400)}`])(
    'refuses what is longer as a link',
    (text) => {
      expect(() => linkBase(text, [])).toThrow(refusal('must not be longer than 2048 characters'));
    },
  );

  test('never repeats the URL', () => {
    expect(() => linkBase('https://user:hunter2@h/', [])).toThrow(expect.not.stringContaining('hunter2'));
  });

  test('tells of a fault of the request', () => {
    expect(() => linkBase('zzz', [])).toThrow(expect.objectContaining({ kind: 'invalidRequest' }));
  });
});

describe('linkBase with an allow list', () => {
  const allowList = ['https://good.example', 'https://münchen.example/', 'http://localhost:8080', 'no url'];

  test.each([
    'https://good.example',
    'https://good.example/reset?a=1',
    'https://GOOD.example:443/reset',
    'https://xn--mnchen-3ya.example/reset',
    'https://MÜNCHEN.example/reset',
    'http://localhost:8080/reset',
  ])('takes %j', (text) => {
    expect(() => linkBase(text, allowList)).not.toThrow();
  });

  test.each([
    'http://good.example/',
    'https://good.example:444/',
    'https://good.example./',
    'https://good.example.evil.example/',
    'https://evil.example/https://good.example',
    'https://evil.example#https://good.example',
    'https://www.good.example/',
    'https://gооd.example/',
    'http://localhost/',
  ])('refuses %j', (text) => {
    expect(() => linkBase(text, allowList)).toThrow(notAllowed);
  });

  test('lets no text through that a browser would take elsewhere', () => {
    const piece = fc.constantFrom(
      'https:',
      'http:',
      'HTTPS:',
      '/',
      '\\',
      '//',
      '@',
      ':',
      '.',
      '?',
      '#',
      '&#64;',
      '%40',
      '\t',
      '\n',
      ' ',
      '443',
      'evil.example',
      'good.example',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `https://good.example${pieces.join('')}`),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        let base: string;
        try {
          base = linkBase(candidate, ['https://good.example']);
        } catch {
          return;
        }
        expect(base).toMatch(/^https:\/\/good\.example(?:$|[/?#])/);
        const [given, sent] = [candidate, base].map((start) => URL.parse(verificationLink(start, 'T'))?.href);
        expect(sent).toBe(given);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('linkBase of any text', () => {
  test('is safe inside a quoted HTML attribute, or there is none', () => {
    const text = fc.tuple(
      fc.constantFrom('https://h/', 'http://h?', 'https://ü.example#', ''),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, ([start, rest]) => {
        let base = '';
        try {
          base = linkBase(start + rest, []);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalidRequest' });
        }
        expect(base).toMatch(/^[!#-;=?-~]*$/);
      }),
    );
  });
});

describe('verificationLink', () => {
  test.each([
    ['https://h/v', 'https://h/v?tokenId=T'],
    ['http://example.com', 'http://example.com?tokenId=T'],
    ['http://h/v?a=1', 'http://h/v?a=1&tokenId=T'],
    ['http://h/v?', 'http://h/v?&tokenId=T'],
    ['http://example.com/#/reset', 'http://example.com/#/reset?tokenId=T'],
    ['http://h/#/v?a=1', 'http://h/#/v?a=1&tokenId=T'],
  ])('leads from %j to %j', (base, link) => {
    expect(verificationLink(base, 'T')).toBe(link);
  });
});
