import { mailableAddress } from '../domain/values/email-address.ts';

/** Whether SES refused a mail, and did not only fall silent: whether it has sent the mail, nobody knows then. */
export const isRefusal = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && '$response' in failure && failure.$response !== undefined;

/** What SES says of an address that it does not read, or that it mails nothing to any more. Whose address it is, it does not say. */
const addressFaults = [
  /^(?:illegal|invalid|empty|missing) (?:e-?mail |recipient |destination |to )?address/,
  /^(?:invalid|illegal|empty) (?:domain|recipient|local (?:name|part|address))/,
  /^missing (?:final '@domain'|domain|local (?:name|part|address)|user name)/,
  /^(?:local (?:address|name|part)|domain(?: name)?) (?:contains|starts|begins|ends|is too long|is longer|length|has )/,
  /^(?:e-?mail |recipient )?address (?:is |was |has been )?(?:blacklisted|suppressed|too long|length)/,
  /^(?:e-?mail |recipient )?address .*\bsuppression list/,
];

/**
 * Whether SES refused a mail because of its recipient (contract 9.1 #55). An identity that is not verified, the sandbox and limits of the account are
 * matters of the sender, and so may be an address fault where the sender itself is not a plain address.
 */
export function isAboutRecipient(sender: string, failure: unknown): boolean {
  if (!(failure instanceof Error) || !isRefusal(failure) || mailableAddress(sender) === undefined) return false;
  if (failure.name !== 'InvalidParameterValue' && failure.name !== 'MessageRejected') return false;
  const text = failure.message.trim().toLowerCase();
  return addressFaults.some((fault) => fault.test(text));
}
