import type { Settings } from '../../../functions/shared/config/settings.ts';
import { mailableAddress } from '../../../functions/shared/domain/values/email-address.ts';
import { linkBase, mailedLink } from '../../../functions/shared/domain/verification-token/mailed-link.ts';
import { newProfileMail } from '../../../functions/shared/domain/verification-token/new-profile-mail.ts';
import { ApiError } from '../../../functions/shared/errors/api-error.ts';
import { sendMail } from '../../../functions/shared/mail/send.ts';
import { clearRefusedMail } from '../../../functions/shared/repositories/refused-mails.ts';
import { createVerificationToken } from '../../../functions/shared/repositories/verification-tokens.ts';
import { messageOf } from '../../system-errors.ts';
import { UsageError } from '../../usage-error.ts';
import type { Person } from './named-person.ts';

/** What the mail is made with. */
export type MailSettings = Pick<
  Settings,
  'mailSender' | 'linkAllowList' | 'newProfileSubject' | 'verificationTokenAgeSeconds'
>;

function baseOf(url: string, allowList: readonly string[]): string {
  try {
    return linkBase(url, allowList);
  } catch (fault) {
    if (fault instanceof ApiError) throw new UsageError(`--url cannot be used: ${fault.message}`);
    throw fault;
  }
}

/**
 * Sends the mail that asks a new user to confirm the address again, with a new token, whose link leads to the page of the application at `url`. Links of
 * earlier mails stay good for their time. Answers what was done, a line each; rejects where there is nothing to confirm, or SES does not take the mail.
 */
export async function resendMail({ profile }: Person, url: string, settings: MailSettings): Promise<readonly string[]> {
  const base = baseOf(url, settings.linkAllowList);
  if (profile.verified) throw new Error('The address is confirmed already: there is nothing to send');
  const to = mailableAddress(profile.email);
  if (to === undefined) throw new Error('The address of this profile cannot be mailed to: give it another one first');
  const { mailSender, newProfileSubject: subject, verificationTokenAgeSeconds: ageSeconds } = settings;
  const { token, mail } = mailedLink(newProfileMail, profile, { to, subject, base });
  await createVerificationToken(token, ageSeconds);
  try {
    await sendMail(mailSender, mail);
  } catch (refused) {
    throw new Error(`SES has not taken the mail: ${messageOf(refused).replaceAll(to, 'the address of the profile')}`);
  }
  await clearRefusedMail(profile.id);
  const until = new Date(token.timestampMs + ageSeconds * 1000).toISOString();
  return [
    `The mail is sent from ${mailSender} to the address of profile ${profile.id}. Its link is good until ${until}.`,
    ...(profile.enabled ? [] : ['It opens the account, also where somebody has disabled that since it was made.']),
  ];
}
