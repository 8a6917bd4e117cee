import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { subjectOf } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import type { VerificationToken } from '../domain/verification-token/verification-token.ts';
import { credentialsToItem } from './credentials.ts';
import { profilesTable } from './dynamodb/keys.ts';
import type { TransactionItem } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import { profileToItem } from './profiles.ts';
import { takeOver, transactWithUsername } from './usernames.ts';
import { putVerificationToken } from './verification-tokens.ts';

/** A profile that is to be stored, with its credentials. */
export interface NewProfile extends IndexedProfile {
  readonly credentials: Credentials;
  /** Of one that is imported. */
  readonly importNote?: ImportNote;
}

/** What an import leaves beside the password: whether a profile was changed since is told by it. */
export interface ImportNote {
  /** Hash of everything that the import found of the profile in its files, but the password. */
  readonly source: string;
  /** The same of what it stored: another one where the tenant changed while it ran. */
  readonly content: string;
  /** Hash of the password's hash. */
  readonly password: string;
  /** The epoch of the credentials then: another one means another password. */
  readonly credentialEpoch: number;
}

const isNew = 'attribute_not_exists(pk)';

/** Profile and credentials, without the username. */
function itemsOf({ profile, credentials, fields, importNote }: NewProfile) {
  const TableName = profilesTable();
  return {
    profile: { Put: { TableName, Item: profileToItem(profile), ConditionExpression: isNew } },
    credentials: {
      Put: { TableName, Item: { ...credentialsToItem(credentials), importNote }, ConditionExpression: isNew },
    },
    ...entryChanges([], [{ profile, fields }]),
  } satisfies Record<string, TransactionItem>;
}

const note = ({ profile }: NewProfile) => noteChange(subjectOf(profile), ['profile'], profile.attributes.keys());

/** The items of a new profile, for a transaction: its username, too, also where that is left over. Whoever stores them says so to the audit trail. */
export const newProfileParts = (created: NewProfile) => ({
  ...itemsOf(created),
  username: takeOver(created.profile),
});

/** The same, said. */
export function newProfileItems(created: NewProfile) {
  note(created);
  return newProfileParts(created);
}

/**
 * Stores a new profile with its credentials, its username and, where one is given, a verification token that lives so long, in one transaction.
 * Rejects where its id is taken.
 */
export async function createProfile(
  created: NewProfile,
  verification?: { readonly token: VerificationToken; readonly ageSeconds: number },
): Promise<'created' | 'usernameTaken' | 'tenantGone'> {
  note(created);
  const failed = await transactWithUsername(created.profile, {
    ...itemsOf(created),
    ...(verification && { token: putVerificationToken(verification.token, verification.ageSeconds) }),
  });
  if (failed.has('tenant')) return 'tenantGone';
  if (failed.has('username')) return 'usernameTaken';
  if (failed.size > 0) throw new Error('The id of a new profile was taken');
  return 'created';
}

/** What each intent calls. */
export const calls = {
  createProfile: [
    'PutItem profile',
    'PutItem username',
    'PutItem indexEntry',
    'ConditionCheckItem tenant',
    'PutItem verificationToken',
  ],
} as const satisfies CallsByIntent;
