import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { parseAttributes, storable } from '../shared/domain/profile/attributes.ts';
import { newProfile, requireEmailAddress } from '../shared/domain/profile/profile.ts';
import { requireUsername } from '../shared/domain/profile/username.ts';
import { newCredentials } from '../shared/domain/sign-in/credentials.ts';
import { hashPassword } from '../shared/domain/sign-in/password-hash.ts';
import { requireOnAttributes } from '../shared/domain/tenant/attribute-permissions.ts';
import { indexedFieldsOf } from '../shared/domain/tenant/indexed-fields.ts';
import { findTenantFor, requireTenant } from '../shared/domain/tenant/load-tenant.ts';
import { mailableAddress } from '../shared/domain/values/email-address.ts';
import { linkBase, mailedLink } from '../shared/domain/verification-token/mailed-link.ts';
import { newProfileMail } from '../shared/domain/verification-token/new-profile-mail.ts';
import { sendVerification } from '../shared/domain/verification-token/send-verification.ts';
import { assertThat, invalidEmailAddress, noSuchTenant, profileExists } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { flag, optionalList, optionalText, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentProfile, profileResource } from '../shared/http/resources/profile.ts';
import { sendMailOrReport } from '../shared/mail/send-or-report.ts';
import { createProfile } from '../shared/repositories/new-profiles.ts';
import { noteRefusedMail } from '../shared/repositories/refused-mails.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

/** Creates a profile; where its tenant verifies new profiles, it stays closed until the link in a mail was followed (contract 6.3). */
export const contract = contractOf({
  operationId: 'createProfile',
  summary: 'Create a profile',
  section: '5.17',
  method: 'POST',
  path: '/profile/create',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    username: text('Unique in the tenant, case-sensitive'),
    password: optionalText('Absent or empty: a profile without password'),
    email: text('E-mail address'),
    enabled: flag('Whether the profile may sign in'),
    role: optionalList('Names of its roles'),
    attributes: optionalText('JSON object of attribute values'),
    verificationUrl: optionalText('Page of the application that the link in the mail leads to'),
  },
  response: profileResource,
  errors: [
    'unreadableAttributes',
    'actionDenied',
    'invalidEmailAddress',
    'noSuchTenant',
    'attributeNotDefined',
    'profileExists',
  ],
  settings: ['wireLine', 'verificationTokenAgeSeconds', 'newProfileSubject', 'mailSender', 'linkAllowList'],
  hashesPasswords: true,
});

export const dependencies = { findTenant, createProfile, sendMailOrReport, noteRefusedMail };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { tenantName, username, email, password, verificationUrl } = parameters;
  const attributes = parseAttributes(parameters.attributes);
  const { caller: accessToken, found } = await findTenantFor(deps, caller, tenantName);
  requireOnTenant(accessToken, tenantName, 'MANAGE_PROFILES');
  requireEmailAddress(email);
  const tenant = requireTenant(accessToken, tenantName, found);
  requireOnAttributes(accessToken, tenant, attributes.keys(), 'WRITE_ATTRIBUTE');
  requireUsername(username);
  const verifies = tenant.verifyNewProfiles && verificationUrl !== undefined && verificationUrl !== '';
  const base = verifies ? linkBase(verificationUrl, settings.linkAllowList) : undefined;
  const to = mailableAddress(email);
  assertThat(to !== undefined || base === undefined, () => invalidEmailAddress(email));

  const wanted = {
    username,
    email,
    roles: parameters.role ?? [],
    attributes: storable(attributes),
    enabled: parameters.enabled && !verifies,
  };
  const profile = newProfile(tenant, wanted, settings.wireLine, Date.now());
  const subject = settings.newProfileSubject;
  const mailed = base && to ? mailedLink(newProfileMail, profile, { to, subject, base }) : undefined;
  const credentials = newCredentials(profile, password ? await hashPassword(password) : undefined);
  const outcome = await deps.createProfile(
    { profile, credentials, fields: indexedFieldsOf(tenant) },
    mailed && { token: mailed.token, ageSeconds: settings.verificationTokenAgeSeconds },
  );
  assertThat(outcome !== 'tenantGone', () => noSuchTenant(tenantName));
  assertThat(outcome !== 'usernameTaken', () => profileExists(username));
  if (mailed) await sendVerification(deps, profile, { sender: settings.mailSender, mail: mailed.mail });
  return presentProfile(profile);
}

export const handler = endpoint(contract, handle, dependencies);
