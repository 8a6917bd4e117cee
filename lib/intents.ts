import type { Call, CallsByIntent } from '../functions/shared/config/calls.ts';
import * as send from '../functions/shared/mail/send.ts';
import * as sendOrReport from '../functions/shared/mail/send-or-report.ts';
import * as accessTokens from '../functions/shared/repositories/access-tokens.ts';
import * as attachments from '../functions/shared/repositories/attachments.ts';
import * as auditKey from '../functions/shared/repositories/audit-key.ts';
import * as bucket from '../functions/shared/repositories/bucket.ts';
import * as cachedAccessTokens from '../functions/shared/repositories/cached-access-tokens.ts';
import * as credentials from '../functions/shared/repositories/credentials.ts';
import * as hashNotes from '../functions/shared/repositories/hash-notes.ts';
import * as identities from '../functions/shared/repositories/identities.ts';
import * as indexPurge from '../functions/shared/repositories/index-purge.ts';
import * as indexReads from '../functions/shared/repositories/index-reads.ts';
import * as newProfiles from '../functions/shared/repositories/new-profiles.ts';
import * as persistentLogins from '../functions/shared/repositories/persistent-logins.ts';
import * as profileLists from '../functions/shared/repositories/profile-lists.ts';
import * as profileWrites from '../functions/shared/repositories/profile-writes.ts';
import * as profiles from '../functions/shared/repositories/profiles.ts';
import * as refusedMails from '../functions/shared/repositories/refused-mails.ts';
import * as sweeps from '../functions/shared/repositories/sweeps.ts';
import * as tenants from '../functions/shared/repositories/tenants.ts';
import * as tickets from '../functions/shared/repositories/tickets.ts';
import * as tombstones from '../functions/shared/repositories/tombstones.ts';
import * as usernames from '../functions/shared/repositories/usernames.ts';
import * as verificationTokens from '../functions/shared/repositories/verification-tokens.ts';

/** Every module with intents. */
const modules: readonly (Readonly<Record<string, unknown>> & { readonly calls: CallsByIntent })[] = [
  send,
  sendOrReport,
  accessTokens,
  attachments,
  auditKey,
  bucket,
  cachedAccessTokens,
  credentials,
  hashNotes,
  identities,
  indexReads,
  indexPurge,
  newProfiles,
  persistentLogins,
  profileLists,
  profileWrites,
  profiles,
  refusedMails,
  sweeps,
  tenants,
  tickets,
  tombstones,
  usernames,
  verificationTokens,
];

const declared = new Map<unknown, readonly Call[]>(
  modules.flatMap((intents) => Object.entries(intents.calls).map(([name, calls]) => [intents[name], calls] as const)),
);

/** What these intents may call, each once, sorted. Throws for one that declares nothing. */
export function callsOf(intents: Readonly<Record<string, unknown>>): readonly Call[] {
  const calls = Object.entries(intents).flatMap(([name, intent]) => {
    const made = declared.get(intent);
    if (made === undefined) throw new Error(`The intent ${name} does not declare what it calls`);
    return made;
  });
  return [...new Set(calls)].sort();
}
