import { isAboutRecipient, isRefusal } from '../../../functions/shared/mail/refusal.ts';

const sender = 'noreply@example.com';
const refused = (name: string, message: string) => Object.assign(new Error(message), { name, $response: {} });

test.each([
  ['InvalidParameterValue', 'Illegal address'],
  ['InvalidParameterValue', "Missing final '@domain'"],
  ['InvalidParameterValue', 'Missing domain'],
  ['InvalidParameterValue', 'Missing local name'],
  ['InvalidParameterValue', 'Invalid email address'],
  ['InvalidParameterValue', 'Local address contains control or whitespace'],
  ['InvalidParameterValue', 'Local address contains illegal character'],
  ['InvalidParameterValue', 'Local address contains dot-dot'],
  ['InvalidParameterValue', 'Local address starts with dot'],
  ['InvalidParameterValue', 'Local address ends with dot'],
  ['InvalidParameterValue', 'Domain contains control or whitespace'],
  ['InvalidParameterValue', 'Domain contains illegal character'],
  ['InvalidParameterValue', 'Domain starts with dot'],
  ['MessageRejected', 'Address blacklisted.'],
  ['MessageRejected', 'Invalid email address <a@b>'],
  ['MessageRejected', 'Address is on the suppression list for your account'],
])('%s "%s" is about the recipient', (name, message) => {
  expect(isAboutRecipient(sender, refused(name, message))).toBe(true);
});

test.each([
  ['MessageRejected', 'Email address is not verified. The following identities failed the check in region X: a@b.c'],
  ['MessageRejected', 'Email address not verified: Illegal address'],
  [
    'MessageRejected',
    'Sending suspended for this account. Please check the inbox of the email address of your account.',
  ],
  ['MessageRejected', 'Message contains a virus'],
  ['MailFromDomainNotVerified', 'Domain contains illegal character'],
  ['MailFromDomainNotVerifiedException', 'Domain contains illegal character'],
  ['ConfigurationSetDoesNotExist', 'Illegal address'],
  ['AccountSendingPausedException', 'Invalid email address'],
  ['Throttling', 'Maximum sending rate exceeded.'],
  ['Throttling', 'Daily message quota exceeded.'],
  ['AccessDenied', 'User is not authorized to perform ses:SendEmail on identity/illegal address'],
  ['InvalidParameterValue', 'Invalid source address'],
  ['InvalidParameterValue', 'Domain is not verified'],
  ['InvalidParameterValue', 'Nonexistent charset'],
  ['InvalidParameterValue', ''],
])('%s "%s" is not', (name, message) => {
  expect(isAboutRecipient(sender, refused(name, message))).toBe(false);
});

test('a fault of an address may be that of a sender which is no plain address', () => {
  const failure = refused('InvalidParameterValue', 'Illegal address');
  for (const odd of ['', 'Acme <noreply@example.com>', 'nobody', 'a@b_c.d'])
    expect(isAboutRecipient(odd, failure)).toBe(false);
});

test('what is no answer of SES is no refusal, whatever it says', () => {
  for (const failure of [undefined, null, 'Illegal address', new Error('Illegal address'), { $response: undefined }]) {
    expect(isRefusal(failure)).toBe(false);
    expect(isAboutRecipient(sender, failure)).toBe(false);
  }
});
