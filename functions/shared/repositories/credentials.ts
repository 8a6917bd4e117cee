import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { Profile } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import { credentialsKey, type Key, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getItem, getItems, type StoredItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { type TransactionItem, updateIf } from './dynamodb/writes.ts';
import { profileOf } from './profiles.ts';

const credentialsItem = everyFieldOf<Credentials>()({
  profileId: z.string(),
  passwordHash: z.optional(z.string()),
  credentialEpoch: z.number(),
  failedLoginAttempts: z.number(),
  lastFailedLoginMs: z.optional(z.number()),
});

/** The credentials of their item. */
export const credentialsOf = (item: StoredItem): Credentials => z.parse(credentialsItem, item);

/** Keys and values as they are stored. */
export const credentialsToItem = (credentials: Credentials) => ({
  ...credentialsKey(credentials.profileId),
  ...credentials,
});

/** Undefined where the profile is gone. */
export async function findCredentials(profileId: string): Promise<Credentials | undefined> {
  const item = await getItem(profilesTable(), credentialsKey(profileId));
  return item && credentialsOf(item);
}

/** Of many profiles, each named once, in no order; those of profiles that are gone are left out. */
export async function findManyCredentials(profileIds: readonly string[]): Promise<readonly Credentials[]> {
  const items = await getItems(profilesTable(), profileIds.map(credentialsKey));
  return items.map(credentialsOf);
}

/** Profile and credentials as they stood together, in one call. */
export async function findProfileWithCredentials(
  id: string,
): Promise<{ profile: Profile; credentials: Credentials } | undefined> {
  const items = await getItems(profilesTable(), [profileKey(id), credentialsKey(id)]);
  const ofKey = ({ sk }: Key) => items.find((item) => item.sk === sk);
  const [profile, credentials] = [ofKey(profileKey(id)), ofKey(credentialsKey(id))];
  const found = profile && profileOf(profile);
  return found && credentials && { profile: found, credentials: credentialsOf(credentials) };
}

/** A new password: the profile's next epoch, on condition that no other came between. Lock counters stay (contract 5.41). */
export const passwordUpdate = ({ id, credentialEpoch }: Profile, passwordHash: string): TransactionItem => ({
  Update: {
    TableName: profilesTable(),
    Key: credentialsKey(id),
    UpdateExpression: 'SET passwordHash = :hash, credentialEpoch = :to',
    ConditionExpression: 'attribute_exists(pk) AND credentialEpoch = :from',
    ExpressionAttributeValues: { ':hash': passwordHash, ':from': credentialEpoch, ':to': credentialEpoch + 1 },
  },
});

/**
 * Counts a failed sign-in. From the lock's last allowed failure on, its time is kept too, which locks (contract 6.5). The band is chosen by the
 * count that was read and checked when written; where another failure moved the count over the edge, the other band is taken.
 */
export async function countFailedLogin(
  profileId: string,
  failure: { attemptsRead: number; lockAfter: number; atMs: number },
): Promise<void> {
  const edge = failure.lockAfter - 1;
  noteChange({ profileId }, ['failedSignIns']);
  const countIf = (band: '<' | '>=', locking: { set: string; values: Readonly<Record<string, number>> }) =>
    updateIf({
      TableName: profilesTable(),
      Key: credentialsKey(profileId),
      UpdateExpression: `SET failedLoginAttempts = failedLoginAttempts + :one${locking.set}`,
      ConditionExpression: `attribute_exists(pk) AND failedLoginAttempts ${band} :edge`,
      ExpressionAttributeValues: { ':one': 1, ':edge': edge, ...locking.values },
    });
  const below = () => countIf('<', { set: '', values: {} });
  const locking = () => countIf('>=', { set: ', lastFailedLoginMs = :at', values: { ':at': failure.atMs } });
  const [first, other] = failure.attemptsRead < edge ? [below, locking] : [locking, below];
  if ((await first()) === undefined) await other();
}

/** The write of a failure for a user that does not exist: it costs the same and changes nothing. */
export async function countForNobody(): Promise<void> {
  await updateIf({
    TableName: profilesTable(),
    Key: credentialsKey(randomUUID()),
    UpdateExpression: 'SET failedLoginAttempts = failedLoginAttempts + :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  });
}

/**
 * After a good sign-in: no failures, and the hash in today's form where it was in the old one. False where meanwhile the profile was locked, which
 * must not be undone, or got another password. `unlockedSinceMs`: a lock that began after it holds.
 */
export async function recordLogin(
  { profileId, credentialEpoch }: Credentials,
  login: { rehashed: string | undefined; unlockedSinceMs: number },
): Promise<boolean> {
  noteChange({ profileId }, ['failedSignIns', ...(login.rehashed === undefined ? [] : ['passwordHash'])]);
  const recorded = await updateIf({
    TableName: profilesTable(),
    Key: credentialsKey(profileId),
    UpdateExpression: `SET failedLoginAttempts = :none${login.rehashed === undefined ? '' : ', passwordHash = :rehashed'}`,
    ConditionExpression:
      'credentialEpoch = :epoch AND ' +
      '(failedLoginAttempts = :none OR attribute_not_exists(lastFailedLoginMs) OR lastFailedLoginMs <= :since)',
    ExpressionAttributeValues: {
      ':none': 0,
      ':epoch': credentialEpoch,
      ':since': login.unlockedSinceMs,
      ...(login.rehashed === undefined ? {} : { ':rehashed': login.rehashed }),
    },
  });
  return recorded !== undefined;
}

/** What each intent calls. */
export const calls = {
  findCredentials: ['Get profile'],
  findManyCredentials: ['Get profile'],
  findProfileWithCredentials: ['Get profile'],
  countFailedLogin: ['UpdateItem profile'],
  countForNobody: ['UpdateItem profile'],
  recordLogin: ['UpdateItem profile'],
} as const satisfies CallsByIntent;
