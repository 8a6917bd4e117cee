/** How values of settings are read: each throws an Error whose text says what is allowed, and never the value. */

/** What a reader says of a value that it does not take. */
export const faultText = (fault: unknown): string => (fault instanceof Error ? fault.message : 'cannot be read');

/** Any text. */
export const asText = (value: string): string => value;

/** A name that something has. */
export function asName(value: string): string {
  if (value.trim() === '') throw new Error('must not be empty');
  return value;
}

/** Text that a head line of a mail can hold. */
export function asLine(value: string): string {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) throw new Error('must be one line of text');
  return value;
}

/** A mailbox, with or without a name before it. */
export function asAddress(value: string): string {
  if (!/^([^<>\p{Cc}]*<[^\s@<>\p{Cc}]+@[^\s@<>\p{Cc}]+>|[^\s@<>\p{Cc}]+@[^\s@<>\p{Cc}]+)$/u.test(value))
    throw new Error('must be an e-mail address, such as noreply@example.com or Example <noreply@example.com>');
  return value;
}

/** On or off. */
export function asSwitch(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error('must be true or false');
  return text === 'true';
}

/** A whole number from 0 on, in decimal digits. */
export const wholeNumberUpTo =
  (most: number) =>
  (value: string): number => {
    if (!/^\d{1,10}$/.test(value) || Number(value) > most) throw new Error(`must be a whole number from 0 to ${most}`);
    return Number(value);
  };

/** The hash in hex, or nothing. */
export function asSha256(value: string): string {
  if (!/^([\da-f]{64})?$/i.test(value)) throw new Error('must be empty or a SHA-256 in 64 hex digits');
  return value;
}

/** What may stand before a path: whole segments, none of which a browser or a proxy would take for "here" or "one up". */
export function asContextPath(value: string): string {
  if (!/^(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/.test(value))
    throw new Error('must be empty or like /crafter-profile, without a slash at its end');
  return value;
}

/** The hosts are those that the link of a mail may have (contract 7): others would match nothing. */
const origin = /^https?:\/\/[\p{L}\p{M}\p{Nd}.\-_:[\]]+\/?$/iu;
const isOrigin = (word: string) => origin.test(word) && URL.canParse(word);

/** A list of origins, separated by commas; none: `[]`. */
export function asOrigins(value: string): readonly string[] {
  const words = value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (!words.every(isOrigin) || (value !== '' && words.length === 0))
    throw new Error('must be empty or origins such as https://app.example.com, separated by commas, without a path');
  return words;
}
