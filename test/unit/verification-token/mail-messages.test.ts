import fc from 'fast-check';
import { linkBase, verificationLink } from '../../../functions/shared/domain/verification-token/mailed-link.ts';
import { newProfileBody, resetPasswordBody } from '../../../functions/shared/mail/messages.ts';

const token = 'c3a1b2d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d';
const link = verificationLink(linkBase('https://h/v?a=1', []), token);

describe.each([
  ['newProfileBody', newProfileBody],
  ['resetPasswordBody', resetPasswordBody],
])('%s', (_name, body) => {
  test('shows the link once, as the anchor that clients look for, with text around it', () => {
    const anchor = `<a id="verificationLink" href="https://h/v?a=1&tokenId=${token}">https://h/v?a=1&tokenId=${token}</a>`;
    expect(body(link).split(anchor)).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  });

  test('has no second anchor', () => {
    expect(body(link).match(/<a /g)).toHaveLength(1);
  });

  test('fits into a line of mail', () => {
    expect(
      Math.max(
        ...body('')
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(998);
  });

  test('is ASCII and gives the token to clients that cut it out, whatever the application passes', () => {
    const rest = fc.string({ unit: fc.constantFrom(...'a"<>?&#/=ü€ ;') });
    fc.assert(
      fc.property(rest, (text) => {
        const html = body(verificationLink(linkBase(`https://h/${text}`, []), token));
        expect(html).toMatch(/^[\n -~]+$/);
        const start = html.indexOf('tokenId=') + 'tokenId='.length;
        expect(html.slice(start, html.indexOf('">', start))).toBe(token);
        expect(html.slice(start, html.lastIndexOf('">'))).toBe(token);
      }),
    );
  });
});

test('the two mails differ', () => {
  expect(newProfileBody(link)).not.toBe(resetPasswordBody(link));
});
