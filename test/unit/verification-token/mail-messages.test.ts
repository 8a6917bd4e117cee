import fc from 'fast-check';
import { linkBase, mailedLink } from '../../../functions/shared/domain/verification-token/mailed-link.ts';
import { newProfileMail } from '../../../functions/shared/domain/verification-token/new-profile-mail.ts';
import { resetPasswordMail } from '../../../functions/shared/domain/verification-token/reset-password-mail.ts';
import { exampleProfile } from '../../support/example-profile.ts';

const profile = exampleProfile();
const mailOf = (kind: typeof newProfileMail, base = linkBase('https://h/v?a=1', [])) => {
  const { token, mail } = mailedLink(kind, profile, { to: 'mara@example.com', subject: 'Hello', base });
  return { token, html: mail.html, mail };
};

describe.each([
  ['newProfileMail', newProfileMail, 'verify'],
  ['resetPasswordMail', resetPasswordMail, 'changePassword'],
] as const)('%s', (_name, kind, purpose) => {
  test('goes to the address with the subject, and carries a token of the profile for its one purpose', () => {
    const { token, mail } = mailOf(kind);
    expect(mail).toMatchObject({ to: 'mara@example.com', subject: 'Hello' });
    expect(token).toMatchObject({ profileId: profile.id, tenant: profile.tenant, purposes: [purpose] });
  });

  test('shows the link once, as the anchor that clients look for, with text around it', () => {
    const { token, html } = mailOf(kind);
    const anchor = `<a id="verificationLink" href="https://h/v?a=1&tokenId=${token.id}">https://h/v?a=1&tokenId=${token.id}</a>`;
    expect(html.split(anchor)).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  });

  test.each(['section=2', 'copy', 'lt;script', '#60;', '#x3c', 'AMP', 'CounterClockwiseContourIntegral;', 'sup1;'])(
    'is no character reference of HTML, whatever is in the link: &%s',
    (rest) => {
      const { token, html } = mailOf(kind, linkBase(`https://h/v?a=1&${rest}`, []));
      const link = `https://h/v?a=1&amp;${rest}&tokenId=${token.id}`;
      expect(html).toContain(`<a id="verificationLink" href="${link}">${link}</a>`);
    },
  );

  test('has no second anchor', () => {
    expect(mailOf(kind).html.match(/<a /g)).toHaveLength(1);
  });

  test('fits into a line of mail', () => {
    expect(
      Math.max(
        ...mailOf(kind, 'https://h/')
          .html.split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(998);
  });

  test('is ASCII and gives the token to clients that cut it out, whatever the application passes', () => {
    const rest = fc.string({ unit: fc.constantFrom(...'a"<>?&#/=ü€ ;') });
    fc.assert(
      fc.property(rest, (text) => {
        const { html, token } = mailOf(kind, linkBase(`https://h/${text}`, []));
        expect(html).toMatch(/^[\n -~]+$/);
        const start = html.indexOf('tokenId=') + 'tokenId='.length;
        expect(html.slice(start, html.indexOf('">', start))).toBe(token.id);
        expect(html.slice(start, html.lastIndexOf('">'))).toBe(token.id);
      }),
    );
  });
});

test('the two mails differ', () => {
  const text = (kind: typeof newProfileMail) => mailOf(kind).html.replaceAll(/[\da-f-]{36}/g, '');
  expect(text(newProfileMail)).not.toBe(text(resetPasswordMail));
});
