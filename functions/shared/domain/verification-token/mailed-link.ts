import { invalidRequest } from '../../errors/api-error.ts';

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
