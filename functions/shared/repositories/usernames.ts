import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { Profile } from '../domain/profile/profile.ts';
import { loginKey, profilesTable, tenantKey } from './dynamodb/keys.ts';
import { getItem, getItems } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';

/** Whose a username is. */
export interface UsernameOwner {
  readonly profileId: string;
  readonly tenantId: string;
}

const usernameItem = everyFieldOf<UsernameOwner>()({ profileId: z.string(), tenantId: z.string() });

/** Makes the username of a tenant point to its profile. */
export const usernameToItem = (profile: Profile) => ({
  ...loginKey(profile.tenant, profile.username),
  profileId: profile.id,
  tenantId: profile.tenantId,
});

/** Whose username it is; the profile's tenant may be gone all the same. */
export async function findUsername(tenant: string, username: string): Promise<UsernameOwner | undefined> {
  const item = await getItem(profilesTable(), loginKey(tenant, username));
  return item && z.parse(usernameItem, item);
}

/** Whose each of these usernames of a tenant is, by the username; only those that are somebody's. */
export async function findUsernames(
  tenant: string,
  usernames: readonly string[],
): Promise<ReadonlyMap<string, UsernameOwner>> {
  const byKey = new Map(usernames.map((username) => [loginKey(tenant, username).pk, username]));
  const items = await getItems(
    profilesTable(),
    [...byKey.values()].map((username) => loginKey(tenant, username)),
  );
  return new Map(items.map((item) => [byKey.get(String(item.pk)) ?? '', z.parse(usernameItem, item)]));
}

/** Claims a username that is free. */
const put = (profile: Profile): TransactionItem => ({
  Put: { TableName: profilesTable(), Item: usernameToItem(profile), ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Claims a username that is free or of another tenant of the same name: left over from an earlier one, where the profile's is the current one. */
export const takeOver = (profile: Profile): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: usernameToItem(profile),
    ConditionExpression: 'attribute_not_exists(pk) OR tenantId <> :tenantId',
    ExpressionAttributeValues: { ':tenantId': profile.tenantId },
  },
});

/** Holds a transaction to the profile's tenant being the current one of its name. */
const currentTenant = (profile: Profile): TransactionItem => ({
  ConditionCheck: {
    TableName: profilesTable(),
    Key: tenantKey(profile.tenant),
    ConditionExpression: 'tenantId = :tenantId',
    ExpressionAttributeValues: { ':tenantId': profile.tenantId },
  },
});

/** Gives a username up, if it is this profile's. */
export const giveUp = (profile: Profile): TransactionItem => ({
  Delete: {
    TableName: profilesTable(),
    Key: loginKey(profile.tenant, profile.username),
    ConditionExpression: 'attribute_not_exists(pk) OR profileId = :id',
    ExpressionAttributeValues: { ':id': profile.id },
  },
});

/**
 * Writes items together with the username of a profile: one that is free, or left over from an earlier tenant of the same name. Answers which
 * conditions failed: `username` where it is taken, `tenant` where the profile's tenant itself is gone by now, so that what seems left over may
 * be of the one made anew. Only a username that is not free costs this look at the tenant, which would serialise all creates.
 */
export async function transactWithUsername(
  profile: Profile,
  items: Readonly<Record<string, TransactionItem>>,
): Promise<ReadonlySet<string>> {
  const failed = await transact({ ...items, username: put(profile) });
  if (!failed.has('username')) return failed;
  return transact({ ...items, username: takeOver(profile), tenant: currentTenant(profile) });
}

/** What each intent calls. */
export const calls = {
  findUsername: ['Get username'],
} as const satisfies CallsByIntent;
