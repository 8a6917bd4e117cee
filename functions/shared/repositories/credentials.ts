import { credentialsKey, profilesTable } from './tables.ts';
import { type TransactionItem, updateIf } from './writes.ts';

/** A new password: the next epoch, on condition that no other came between. Lock counters stay (contract 5.41). */
export const replacePassword = (profileId: string, passwordHash: string, epochs: { from: number; to: number }) =>
  ({
    Update: {
      TableName: profilesTable(),
      Key: credentialsKey(profileId),
      UpdateExpression: 'SET passwordHash = :hash, credentialEpoch = :to',
      ConditionExpression: 'attribute_exists(pk) AND credentialEpoch = :from',
      ExpressionAttributeValues: { ':hash': passwordHash, ':from': epochs.from, ':to': epochs.to },
    },
  }) satisfies TransactionItem;

/**
 * Counts a failed sign-in. From the lock's last allowed failure on, its time is kept too, which locks (contract 6.5). The band is chosen by the
 * count that was read and checked when written; where another failure moved the count over the edge, the other band is taken.
 */
export async function countFailedLogin(
  profileId: string,
  failure: { attemptsRead: number; lockAfter: number; atMs: number },
): Promise<void> {
  const edge = failure.lockAfter - 1;
  const below = () =>
    updateIf({
      TableName: profilesTable(),
      Key: credentialsKey(profileId),
      UpdateExpression: 'SET failedLoginAttempts = failedLoginAttempts + :one',
      ConditionExpression: 'attribute_exists(pk) AND failedLoginAttempts < :edge',
      ExpressionAttributeValues: { ':one': 1, ':edge': edge },
    });
  const locking = () =>
    updateIf({
      TableName: profilesTable(),
      Key: credentialsKey(profileId),
      UpdateExpression: 'SET failedLoginAttempts = failedLoginAttempts + :one, lastFailedLoginMs = :at',
      ConditionExpression: 'attribute_exists(pk) AND failedLoginAttempts >= :edge',
      ExpressionAttributeValues: { ':one': 1, ':edge': edge, ':at': failure.atMs },
    });
  const [first, other] = failure.attemptsRead < edge ? [below, locking] : [locking, below];
  if ((await first()) === undefined) await other();
}

/** After a good sign-in: no failures, and the hash in today's form where it was in the old one; only while the hash is still the one checked. */
export async function recordLogin(
  profileId: string,
  login: { checkedHash: string; rehashed: string | undefined },
): Promise<void> {
  await updateIf({
    TableName: profilesTable(),
    Key: credentialsKey(profileId),
    UpdateExpression: `SET failedLoginAttempts = :none${login.rehashed === undefined ? '' : ', passwordHash = :rehashed'}`,
    ConditionExpression: 'attribute_exists(pk) AND passwordHash = :checked',
    ExpressionAttributeValues: {
      ':none': 0,
      ':checked': login.checkedHash,
      ...(login.rehashed === undefined ? {} : { ':rehashed': login.rehashed }),
    },
  });
}
