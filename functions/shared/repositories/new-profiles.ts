import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import { inParallel } from '../domain/concurrency/in-parallel.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { subjectOf } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import { jsonTextOf } from '../domain/values/json-text.ts';
import type { VerificationToken } from '../domain/verification-token/verification-token.ts';
import { credentialsToItem } from './credentials.ts';
import { profilesTable } from './dynamodb/keys.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import { profileToItem } from './profiles.ts';
import { takeOver, transactWithUsername } from './usernames.ts';
import { putVerificationToken } from './verification-tokens.ts';

/** A profile that is to be stored, with its credentials. */
export interface NewProfile extends IndexedProfile {
  readonly credentials: Credentials;
}

const isNew = 'attribute_not_exists(pk)';

/** Profile and credentials, without the username. */
function itemsOf({ profile, credentials, fields }: NewProfile) {
  const TableName = profilesTable();
  noteChange(subjectOf(profile), ['profile'], profile.attributes.keys());
  return {
    profile: { Put: { TableName, Item: profileToItem(profile), ConditionExpression: isNew } },
    credentials: { Put: { TableName, Item: credentialsToItem(credentials), ConditionExpression: isNew } },
    ...entryChanges([], [{ profile, fields }]),
  } satisfies Record<string, TransactionItem>;
}

/** The items of a new profile, for a transaction: its username, too, also where that is left over. */
export const newProfileItems = (created: NewProfile) => ({
  ...itemsOf(created),
  username: takeOver(created.profile),
});

/**
 * Stores a new profile with its credentials, its username and, where one is given, a verification token that lives so long, in one transaction.
 * Rejects where its id is taken.
 */
export async function createProfile(
  created: NewProfile,
  verification?: { readonly token: VerificationToken; readonly ageSeconds: number },
): Promise<'created' | 'usernameTaken' | 'tenantGone'> {
  const failed = await transactWithUsername(created.profile, {
    ...itemsOf(created),
    ...(verification && { token: putVerificationToken(verification.token, verification.ageSeconds) }),
  });
  if (failed.has('tenant')) return 'tenantGone';
  if (failed.has('username')) return 'usernameTaken';
  if (failed.size > 0) throw new Error('The id of a new profile was taken');
  return 'created';
}

/** A transaction takes 100 items and 4 MB. */
const BATCH_ITEMS = 100;
const BATCH_BYTES = 2_000_000;
const PARALLEL_BATCHES = 4;

/** Batches that a transaction can hold. */
function transactionsOf(all: readonly NewProfile[]): readonly (readonly NewProfile[])[] {
  const batches: NewProfile[][] = [];
  let [count, bytes] = [BATCH_ITEMS, BATCH_BYTES];
  for (const one of all) {
    const items = newProfileItems(one);
    const own = { count: Object.keys(items).length, bytes: jsonTextOf(items).length };
    const last = batches.at(-1);
    if (last !== undefined && count + own.count <= BATCH_ITEMS && bytes + own.bytes < BATCH_BYTES) {
      last.push(one);
      count += own.count;
      bytes += own.bytes;
    } else {
      batches.push([one]);
      ({ count, bytes } = own);
    }
  }
  return batches;
}

/** Stores what is new of a batch; answers the ids of those whose id or username is there already. */
async function importBatch(batch: readonly NewProfile[]): Promise<readonly string[]> {
  let open = batch;
  const taken: string[] = [];
  while (open.length > 0) {
    const items = open.flatMap((one, at) =>
      Object.entries(newProfileItems(one)).map(([part, item]) => [`${at} ${part}`, item]),
    );
    const failed = await transact<string>(Object.fromEntries(items));
    if (failed.size === 0) break;
    const failedAt = new Set([...failed].map((name) => Number.parseInt(name, 10)));
    taken.push(...open.filter((_, at) => failedAt.has(at)).map(({ profile }) => profile.id));
    open = open.filter((_, at) => !failedAt.has(at));
  }
  return taken;
}

/** Stores many new profiles, each whole or not at all; answers the ids of those whose id or username is there already: these stay as they are. */
export async function importProfiles(all: readonly NewProfile[]): Promise<ReadonlySet<string>> {
  const taken = await inParallel(transactionsOf(all), PARALLEL_BATCHES, importBatch);
  return new Set(taken.flat());
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
  importProfiles: ['PutItem profile', 'PutItem username', 'PutItem indexEntry'],
} as const satisfies CallsByIntent;
