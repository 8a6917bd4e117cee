import { count } from '../shared/config/metrics.ts';
import { loadProfile } from '../shared/domain/profile/load-profile.ts';
import { mailableAddress } from '../shared/domain/values/email-address.ts';
import { linkBase, mailedLink } from '../shared/domain/verification-token/mailed-link.ts';
import { resetPasswordMail } from '../shared/domain/verification-token/reset-password-mail.ts';
import { assertThat, invalidEmailAddress } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, pathText, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { isAboutRecipient, isRefusal } from '../shared/mail/refusal.ts';
import { sendMail } from '../shared/mail/send.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { createVerificationToken, deleteVerificationToken } from '../shared/repositories/verification-tokens.ts';

/** Mails a link with which the user sets a new password; the profile itself stays as it is. */
export const contract = contractOf({
  operationId: 'resetPassword',
  summary: 'Send a mail with a link to reset the password',
  section: '5.40',
  method: 'POST',
  path: '/profile/{id}/reset_password',
  authorisation: 'accessToken',
  parameters: {
    id: pathText('Id of the profile'),
    resetPasswordUrl: text('Page of the application that the link leads to; it gets the parameter "tokenId"'),
    attributesToReturn,
  },
  response: profileResource,
  errors: ['noSuchProfile', 'actionDenied', 'invalidEmailAddress'],
  settings: ['verificationTokenAgeSeconds', 'resetPasswordSubject', 'mailSender', 'linkAllowList'],
});

export const dependencies = { findProfile, findTenant, createVerificationToken, deleteVerificationToken, sendMail };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const loaded = await loadProfile(deps, caller, parameters.id);
  const { profile } = loaded;
  const base = linkBase(parameters.resetPasswordUrl, settings.linkAllowList);
  const to = mailableAddress(profile.email);
  const refused = () => invalidEmailAddress(profile.email ?? '');
  assertThat(to, refused);
  const subject = settings.resetPasswordSubject;
  const { token, mail } = mailedLink(resetPasswordMail, profile, { to, subject, base });
  await deps.createVerificationToken(token, settings.verificationTokenAgeSeconds);
  try {
    await deps.sendMail(settings.mailSender, mail);
  } catch (failure) {
    // Nobody has the link then: without its token the caller may simply try again.
    if (isRefusal(failure)) await deps.deleteVerificationToken(token.id);
    assertThat(!isAboutRecipient(settings.mailSender, failure), refused);
    throw failure;
  }
  count('ResetAsked');
  return presentTo(loaded, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
