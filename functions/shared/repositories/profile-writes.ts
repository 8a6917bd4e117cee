import type { Profile } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import type { Attributes } from '../domain/values/json.ts';
import { loginKey, profileKey, profilesTable, tenantKey } from './dynamodb/keys.ts';
import { UpdateExpression } from './dynamodb/update-expression.ts';
import { type TransactionItem, type UpdateItem, updateIf } from './dynamodb/writes.ts';
import {
  attributeMap,
  attributeText,
  credentialsToItem,
  emailKeyOf,
  loginToItem,
  profileOf,
  profileToItem,
} from './profiles.ts';

/** What a call changes of a profile; what it does not name stays. */
export interface ProfileChange {
  readonly lastModifiedMs?: number;
  readonly username?: string;
  readonly email?: string;
  readonly verified?: boolean;
  readonly enabled?: boolean;
  readonly credentialEpoch?: number;
  /**
   * Switches it off on purpose, even if it is off already: every session before dies, and no verification token from before opens it again
   * (contract 9.1 #7, #10).
   */
  readonly disable?: true;
  readonly appliedVersion?: number;
  /** Replaces all roles. */
  readonly roles?: readonly string[];
  readonly addRoles?: readonly string[];
  readonly removeRoles?: readonly string[];
  /** Replaces all attributes. */
  readonly attributes?: Attributes;
  readonly setAttributes?: Attributes;
  readonly removeAttributes?: readonly string[];
}

/** Fields that must still be as they were read, beyond those of every write. */
export type Expected = Partial<Pick<Profile, 'credentialEpoch' | 'disableEpoch' | 'username' | 'attributes'>>;

/** The profile with the change made, as a transaction leaves it. */
export function applyChange(profile: Profile, change: ProfileChange): Profile {
  const {
    disable,
    roles,
    addRoles,
    removeRoles,
    attributes: replaced,
    setAttributes,
    removeAttributes,
    ...fields
  } = change;
  const removed = new Set(removeRoles);
  const attributes = new Map([...(replaced ?? profile.attributes), ...(setAttributes ?? [])]);
  for (const name of removeAttributes ?? []) attributes.delete(name);
  return {
    ...profile,
    ...fields,
    ...(disable && { enabled: false, disableEpoch: profile.disableEpoch + 1 }),
    roles: [...new Set([...(roles ?? profile.roles), ...(addRoles ?? [])])].filter((role) => !removed.has(role)),
    attributes,
  };
}

/**
 * The update of a stored profile, on the condition of every write (data model, section 3, W): it exists, is no tombstone, belongs to the same
 * tenant and has taken in the tenant's changes as far as when it was read.
 */
export function profileUpdate(profile: Profile, change: ProfileChange, expected: Expected = {}): UpdateItem {
  const { disable, roles, addRoles, removeRoles, attributes, setAttributes, removeAttributes, ...fields } = change;
  const expression = new UpdateExpression();
  for (const [field, value] of Object.entries(fields)) expression.set(expression.name(field), value);
  if (change.email !== undefined)
    expression.set(expression.name('emailKey'), emailKeyOf(profile.tenantId, change.email));
  if (disable) {
    expression.set(expression.name('enabled'), false);
    // The store counts, so that of several at once none is lost.
    expression.increment('disableEpoch');
  }
  if (roles !== undefined && roles.length > 0) expression.set(expression.name('roles'), new Set(roles));
  if (roles?.length === 0) expression.remove(expression.name('roles'));
  expression.changeSet('ADD', 'roles', addRoles);
  expression.changeSet('DELETE', 'roles', removeRoles);
  if (attributes !== undefined) expression.set(expression.name('attributes'), attributeMap(attributes));
  for (const [name, value] of setAttributes ?? [])
    expression.set(expression.path('attributes', name), attributeText(value));
  for (const name of removeAttributes ?? []) expression.remove(expression.path('attributes', name));
  const { tenantId, appliedVersion } = profile;
  const asRead = {
    tenantId,
    appliedVersion,
    ...expected,
    ...(expected.attributes && { attributes: attributeMap(expected.attributes) }),
  };
  const unchanged = Object.entries(asRead).map(
    ([field, value]) => `${expression.name(field)} = ${expression.value(value)}`,
  );
  return {
    TableName: profilesTable(),
    Key: profileKey(profile.id),
    UpdateExpression: expression.toString(),
    ConditionExpression: ['attribute_exists(pk)', 'attribute_not_exists(deletedAtMs)', ...unchanged].join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
  };
}

/** Stores the change; undefined where the profile is gone or has changed hands meanwhile. */
export async function updateProfile(
  profile: Profile,
  change: ProfileChange,
  expected?: Expected,
): Promise<Profile | undefined> {
  const item = await updateIf(profileUpdate(profile, change, expected));
  return item && profileOf(item);
}

/** The items of a new profile, for one transaction: the profile, its credentials, its username, also where that is left over. */
export function newProfileItems(profile: Profile, credentials: Credentials) {
  const table = profilesTable();
  const isNew = 'attribute_not_exists(pk)';
  return {
    profile: { Put: { TableName: table, Item: profileToItem(profile), ConditionExpression: isNew } },
    credentials: { Put: { TableName: table, Item: credentialsToItem(credentials), ConditionExpression: isNew } },
    username: takeOverLogin(profile),
  } satisfies Record<string, TransactionItem>;
}

/** Claims a username that is free. */
export const putLogin = (profile: Profile): TransactionItem => ({
  Put: { TableName: profilesTable(), Item: loginToItem(profile), ConditionExpression: 'attribute_not_exists(pk)' },
});

/** Claims a username that is free or of another tenant of the same name: left over from an earlier one, where the profile's is the current one. */
export const takeOverLogin = (profile: Profile): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: loginToItem(profile),
    ConditionExpression: 'attribute_not_exists(pk) OR tenantId <> :tenantId',
    ExpressionAttributeValues: { ':tenantId': profile.tenantId },
  },
});

/** Holds a transaction to the profile's tenant being the current one of its name. */
export const currentTenant = (profile: Profile): TransactionItem => ({
  ConditionCheck: {
    TableName: profilesTable(),
    Key: tenantKey(profile.tenant),
    ConditionExpression: 'tenantId = :tenantId',
    ExpressionAttributeValues: { ':tenantId': profile.tenantId },
  },
});

/** Gives a username up, if it is this profile's. */
export const deleteLogin = (profile: Profile): TransactionItem => ({
  Delete: {
    TableName: profilesTable(),
    Key: loginKey(profile.tenant, profile.username),
    ConditionExpression: 'attribute_not_exists(pk) OR profileId = :id',
    ExpressionAttributeValues: { ':id': profile.id },
  },
});
