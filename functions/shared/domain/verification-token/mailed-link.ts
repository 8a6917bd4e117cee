import { invalidRequest } from '../../errors/api-error.ts';
import type { Profile } from '../profile/profile.ts';
import { withoutReferences } from '../values/html-entities.ts';
import { newVerificationToken, type TokenPurpose, type VerificationToken } from './verification-token.ts';

const LENGTH_LIMIT = 2048;

/**
 * What the link in a mail starts with, from the text that a caller gave: ASCII, without quotes or angle brackets
 * (contract 7, 9.1 #51). The host is written as the URL parser sees it, so that what was checked is what a mail program opens.
 * Throws `invalidRequest`, which names the rule and never the text: that may hold secrets.
 *
 * @param allowList origins that a link may lead to; empty: any
 */
export function linkBase(text: string, allowList: readonly string[]): string {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw refused('must not hold control characters');
  const [, authority = '', rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(text) ?? [];
  if (authority.includes('@')) throw refused('must not hold user information');
  const origin = originOf(text, authority);
  if (origin === undefined) throw refused('must be an absolute http or https URL');
  if (allowList.length > 0 && !allowList.some((allowed) => URL.parse(allowed)?.origin === origin)) {
    throw refused('must lead to an allowed origin');
  }
  const base = origin + percentEncoded(rest);
  if (base.length > LENGTH_LIMIT) throw refused(`must not be longer than ${LENGTH_LIMIT} characters`);
  return base;
}

/** The link that a mail carries (contract 7). A `?` anywhere counts, even in the fragment: clients know it so. */
export const verificationLink = (base: string, tokenId: string): string =>
  `${base}${base.includes('?') ? '&' : '?'}tokenId=${tokenId}`;

const refused = (rule: string) => invalidRequest(`The URL for the link in the mail ${rule}`);

/**
 * Browsers take a backslash for a slash, a URL parser decodes `%`, and HTML takes `&` for the start of a character reference: none
 * may stand where it could move the host. Letters, digits and a port are all that a real host needs.
 */
function originOf(text: string, authority: string): string | undefined {
  if (text.includes('\\') || !/^[\p{L}\p{M}\p{Nd}.\-_:[\]]+$/u.test(authority)) return undefined;
  return URL.parse(text)?.origin;
}

/** Percent escapes that are there already stay. */
const percentEncoded = (text: string) => text.replace(/[^!-~]|["<>]/gu, encodeURIComponent);

/** A kind of mail with a link: what the link serves, and what is said around it, in ASCII (contract 7). */
export interface LinkMail {
  readonly purposes: readonly TokenPurpose[];
  readonly before: string;
  readonly after: string;
}

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** HTML of ASCII characters only, so that it travels as it is (contract 7). */
  readonly html: string;
}

/** A new token, and the mail that carries its link. */
export interface MailedLink {
  readonly token: VerificationToken;
  readonly mail: Mail;
}

/**
 * The one anchor of a mail, in the shape that clients parse: attributes in this order, `&` bare where no reader of HTML can mistake it, and after the
 * link's `">` no other one (contract 7).
 */
function anchor(link: string): string {
  const html = withoutReferences(link);
  return `<a id="verificationLink" href="${html}">${html}</a>`;
}

/** A token for the profile, bound to its address of now, and the mail with its link, which leads to `base` (from `linkBase`). */
export function mailedLink(
  { purposes, before, after }: LinkMail,
  profile: Profile,
  { to, subject, base }: { readonly to: string; readonly subject: string; readonly base: string },
): MailedLink {
  const token = { ...newVerificationToken(profile, purposes), emailEpoch: profile.emailEpoch };
  const html = `${before}<br/><br/>
${anchor(verificationLink(base, token.id))}
<br/><br/>If the link does not open, copy it into the address bar of your browser.
${after}`;
  return { token, mail: { to, subject, html } };
}
