import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { type Profile, subjectOf } from '../domain/profile/profile.ts';
import { profileAsRead } from './as-read.ts';
import { credentialsKey, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getItem } from './dynamodb/reads.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import { profileToItem } from './profiles.ts';
import { withoutRefusedMail } from './refused-mails.ts';
import { closeClearing, openClearing } from './sweeps.ts';
import { giveUp } from './usernames.ts';

/** As it was read, and of the same name: another one that came under its id may have come to the same revision. */
function asRead(profile: Profile) {
  const { ConditionExpression, ExpressionAttributeValues } = profileAsRead(profile);
  return {
    ConditionExpression: `${ConditionExpression} AND username = :username`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ':username': profile.username },
  };
}

/**
 * Puts a tombstone, which holds no personal data, in the place of a profile, and deletes its credentials and username, unless somebody else has that by
 * now: a profile of a tenant made anew under the same name. False where the profile is gone, or another one than was read.
 */
async function bury(
  profile: Profile,
  tombstone: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, TransactionItem>> = {},
): Promise<boolean> {
  const table = profilesTable();
  noteChange(subjectOf(profile), ['profile']);
  const items: Record<string, TransactionItem> = {
    profile: { Put: { TableName: table, Item: { ...profileKey(profile.id), ...tombstone }, ...asRead(profile) } },
    credentials: { Delete: { TableName: table, Key: credentialsKey(profile.id) } },
    ...withoutRefusedMail(profile),
    ...others,
  };
  const failed = await transact<string>({ ...items, username: giveUp(profile) });
  if (failed.has('profile')) return false;
  return failed.size === 0 || (await transact<string>(items)).size === 0;
}

/**
 * Buries a profile, and deletes what the index holds of it by each of these lists of fields. What is left to do then is open from that moment on (data
 * model, section 4), so that it is done whatever becomes of who buries it. False where the profile is gone, or changed since it was read.
 */
export const buryProfile = (profile: Profile, indexings: readonly IndexedProfile[], atMs: number): Promise<boolean> =>
  bury(profile, { deletedAtMs: atMs }, { sweep: openClearing(profile.id, atMs), ...entryChanges(indexings, []) });

/**
 * Buries a profile of a deleted tenant: its tombstone keeps its place in the tenant's index, by which the sweep of that finds it again. Its entries stay,
 * until that sweep empties what is left of the index.
 */
export function buryOrphan(profile: Profile, atMs: number): Promise<boolean> {
  const { tenantId, createdKey } = profileToItem(profile);
  return bury(profile, { deletedAtMs: atMs, tenantId, createdKey });
}

/** Whether there is the tombstone of a profile, whose deletion then has not come to its end. */
export async function isBuried(id: string): Promise<boolean> {
  const item = await getItem(profilesTable(), profileKey(id));
  return item?.deletedAtMs !== undefined;
}

/** The last step of a deletion, with which nothing is left to do. Never touches a profile. */
export async function deleteTombstone(id: string): Promise<void> {
  noteChange({ profileId: id }, ['profile']);
  await transact({
    tombstone: {
      Delete: {
        TableName: profilesTable(),
        Key: profileKey(id),
        ConditionExpression: 'attribute_exists(deletedAtMs)',
      },
    },
    sweep: closeClearing(id),
  });
}

/** What each intent calls. */
export const calls = {
  buryProfile: [
    'PutItem profile',
    'DeleteItem profile',
    'DeleteItem username',
    'DeleteItem indexEntry',
    'DeleteItem refusedMail',
    'PutItem sweep',
  ],
  buryOrphan: ['PutItem profile', 'DeleteItem profile', 'DeleteItem username', 'DeleteItem refusedMail'],
  isBuried: ['Get profile'],
  deleteTombstone: ['DeleteItem profile', 'DeleteItem sweep'],
} as const satisfies CallsByIntent;
