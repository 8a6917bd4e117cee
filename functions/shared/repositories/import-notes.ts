import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { type Profile, subjectOf } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { credentialsOf } from './credentials.ts';
import { credentialsKey, profileIdOf, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getItems } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import type { ImportNote, NewProfile } from './new-profiles.ts';
import { profileOf, profileToItem } from './profiles.ts';
import { unchangedTenant } from './tenants.ts';
import { giveUp, takeOver } from './usernames.ts';

/** A stored profile with what an import left of itself beside its password. */
export interface StoredWithNote {
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** Undefined: it was made here, or imported before there were notes. */
  readonly note: ImportNote | undefined;
}

const noted = z.object({
  importNote: z.optional(
    everyFieldOf<ImportNote>()({
      source: z.string(),
      content: z.string(),
      password: z.string(),
      credentialEpoch: z.number(),
    }),
  ),
});

/** By id, those that are there. */
export async function findWithNotes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredWithNote>> {
  const unique = [...new Set(ids)];
  const items = await getItems(
    profilesTable(),
    unique.flatMap((id) => [profileKey(id), credentialsKey(id)]),
  );
  const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  const found = unique.flatMap((id): (readonly [string, StoredWithNote])[] => {
    const [profileItem, credentialsItem] = [profileKey(id), credentialsKey(id)].map(({ pk, sk }) =>
      byKey.get(`${pk} ${sk}`),
    );
    const profile = profileItem && profileOf(profileItem);
    if (profile === undefined || credentialsItem === undefined) return [];
    const note = z.parse(noted, credentialsItem).importNote;
    return [[id, { profile, credentials: credentialsOf(credentialsItem), note }]];
  });
  return new Map(found);
}

/** Ids under which there is something: a profile, or what is left of one. */
export async function idsTaken(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const items = await getItems(profilesTable(), [...new Set(ids)].map(profileKey));
  return new Set(items.map(({ pk }) => profileIdOf(String(pk))));
}

/** A new note, and with another password that and its epoch; counters of failed sign-ins stay. */
function credentialsUpdate(read: Credentials, { credentials, importNote }: NewProfile): TransactionItem {
  const { passwordHash, credentialEpoch } = credentials;
  return {
    Update: {
      TableName: profilesTable(),
      Key: credentialsKey(read.profileId),
      UpdateExpression: `SET credentialEpoch = :to, importNote = :note${passwordHash === undefined ? ' REMOVE passwordHash' : ', passwordHash = :hash'}`,
      ConditionExpression: 'credentialEpoch = :from',
      ExpressionAttributeValues: {
        ':from': read.credentialEpoch,
        ':to': credentialEpoch,
        ':note': importNote,
        ...(passwordHash === undefined ? {} : { ':hash': passwordHash }),
      },
    },
  };
}

/**
 * Puts a profile in the place of itself as it was read, its entries, its credentials and its username with it; false where it, or its tenant, has changed since,
 * or where the username is somebody's.
 */
export async function replaceImported(
  tenant: Tenant,
  { profile: read, credentials, fields }: IndexedProfile & Pick<StoredWithNote, 'credentials'>,
  next: NewProfile,
): Promise<boolean> {
  const { profile } = next;
  noteChange(subjectOf(read), ['profile'], profile.attributes.keys());
  const failed = await transact<string>({
    profile: {
      Put: {
        TableName: profilesTable(),
        Item: profileToItem(profile),
        ConditionExpression: 'revision = :revision AND tenantId = :tenantId AND attribute_not_exists(deletedAtMs)',
        ExpressionAttributeValues: { ':revision': read.revision, ':tenantId': read.tenantId },
      },
    },
    credentials: credentialsUpdate(credentials, next),
    tenant: unchangedTenant(tenant),
    ...(profile.username === read.username ? {} : { username: takeOver(profile), before: giveUp(read) }),
    ...entryChanges([{ profile: read, fields }], [next]),
  });
  return failed.size === 0;
}
