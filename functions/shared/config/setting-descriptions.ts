import type { SettingName } from './settings.ts';

/** What each setting is for; apart from the table itself, so that no function carries the prose. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = {
  profilesTable: 'Name of the Profiles table',
  tokensTable: 'Name of the Tokens table',
  ticketsTable: 'Name of the Tickets table',
  attachmentsBucket: 'Name of the bucket of attachments',
  mailSender:
    'Sender of every mail: an address whose domain, or which itself, is verified in SES in the same region; nothing is deployed without',
  managementTokenSha256:
    'SHA-256 (hex) of the token of the monitoring endpoints; empty: they refuse every token; not looked at on the wire line `3.1.0`',
  newProfileSubject: 'Subject of the mail that asks a new user to verify',
  resetPasswordSubject: 'Subject of the mail with the reset link',
  linkAllowList:
    'Origins that links in mails may lead to, comma-separated, for example `https://app.example.com`; empty: any',
  ticketAgeSeconds: 'How long a ticket lives after its last use',
  persistentLoginAgeSeconds: 'How long a persistent login lives',
  verificationTokenAgeSeconds: 'How long a verification token lives',
  lockThreshold: 'Failed sign-ins in a row, beyond those of `DELAY_THRESHOLD`, that lock a profile',
  delayThreshold: 'Failed sign-ins in a row before those of `LOCK_THRESHOLD` start to count',
  lockMinutes: 'How long a profile stays locked after the last counted failure',
  renewPasswordHashes:
    '`false`: a sign-in leaves a password hash of the old server, or of another identity store, as it is; for a trial from which one may go back',
  uploadLimitBytes: 'Largest upload request, at most 4194304',
  cacheSeconds: 'How long a function may keep the access tokens that it has read; a deleted one works on for as long',
  wireLine:
    'What clients the installation answers: `3.0` those of 2.5.2 and 3.0.0, `3.1.0` those of 3.0.1 to 3.1.4, `3.1` those of 3.1.5 and newer and 4.x',
  stage:
    'The stage, which metrics have as their dimension; filled in by the stack, empty elsewhere: none are published',
  packageVersion: 'Version that monitoring tells; filled in by the stack',
  packageBuild: 'Build, for example a commit, that monitoring tells',
  packageBuildDate: 'Time of that build, ISO-8601',
  contextPath: 'What stands before `/api/1` in every path',
};
