import { domainToASCII } from 'node:url';

/** How long an address may be (contract 6.11), and a key of the store with it. */
const LIMIT_BYTES = 1000;
/** What SMTP, and so SES, takes (RFC 5321, 4.5.3.1). */
const MAILABLE_LOCAL_LIMIT = 64;
const MAILABLE_DOMAIN_LIMIT = 255;

const CONTROLS = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}`;
const ATOM = String.raw`[^\s${CONTROLS}\p{Z}()<>@,;:\\".[\]]+`;
const QUOTED = String.raw`"(?:[^"\\${CONTROLS}]|\\[^${CONTROLS}])*"`;
const LITERAL = String.raw`\[[^\s${CONTROLS}\p{Z}[\]\\]+\]`;

const dotted = (part: string) => String.raw`${part}(?:\.${part})*`;

/** Every alternative starts with a character that no other may have there, so that matching takes linear time. */
const address = new RegExp(`^(${dotted(`(?:${ATOM}|${QUOTED})`)})@(${dotted(`(?:${ATOM}|${LITERAL})`)})$`, 'u');

interface Parts {
  readonly local: string;
  readonly domain: string;
}

function parse(text: string): Parts | undefined {
  if (Buffer.byteLength(text) > LIMIT_BYTES) return undefined;
  const [, local, domain] = address.exec(text) ?? [];
  return local === undefined || domain === undefined ? undefined : { local, domain };
}

/** Whether the text is one bare address, without blanks around it, display name, group or comment (contract 6.11). */
export const isEmailAddress = (text: string): boolean => parse(text) !== undefined;

const INDEX_LIMIT_BYTES = 2000;

/** Whether the store can index the text as an address, whatever else is wrong with it: in lower case, and with the id of a tenant before it. */
export const isIndexable = (text: string): boolean => Buffer.byteLength(text.toLowerCase()) <= INDEX_LIMIT_BYTES;

/** A label of a host, and a host of them (RFC 1123, 2.1). */
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const host = new RegExp(`^${dotted(LABEL)}$`);

/**
 * The address as SES takes it, the domain in Punycode; undefined where there is none (null), or it cannot be mailed (contract 9.1 #55): where the domain is no host, or quotes
 * hide what a mail server could take for another address. SES has no SMTPUTF8, so the part before the `@` must be ASCII.
 */
export function mailableAddress(text: string | null): string | undefined {
  const parts = parse(text ?? '');
  if (parts === undefined || !isMailableLocal(parts.local)) return undefined;
  const domain = isAscii(parts.domain) ? parts.domain : asciiDomain(parts.domain);
  if (domain === undefined || domain.length > MAILABLE_DOMAIN_LIMIT || !host.test(domain)) return undefined;
  const mailable = `${parts.local}@${domain}`;
  return isEmailAddress(mailable) ? mailable : undefined;
}

const isMailableLocal = (local: string) =>
  isAscii(local) && local.length <= MAILABLE_LOCAL_LIMIT && !/[@<>]/.test(local);

const isAscii = (text: string) => /^[ -~]*$/.test(text);

/** `domainToASCII` reads a URL and drops what follows a `/`, `?` or `#`: of ASCII only what hosts are made of may reach it. */
const asciiDomain = (domain: string): string | undefined =>
  /^[\w.\-\P{ASCII}]+$/u.test(domain) ? domainToASCII(domain) || undefined : undefined;
