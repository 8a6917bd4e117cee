import type { JsonValue } from '../domain/json.ts';
import type { Credentials, Profile } from '../domain/model.ts';
import { attributeText, credentialsToItem, emailKeyOf, loginToItem, profileOf, profileToItem } from './profiles.ts';
import { loginKey, profileKey, profilesTable } from './tables.ts';
import { type TransactionItem, type UpdateItem, updateIf } from './writes.ts';

/** What a call changes of a profile; what it does not name stays. */
export interface ProfileChange {
  readonly lastModifiedMs?: number;
  readonly username?: string;
  readonly email?: string;
  readonly verified?: boolean;
  readonly enabled?: boolean;
  readonly credentialEpoch?: number;
  readonly disableEpoch?: number;
  readonly appliedVersion?: number;
  /** Replaces all roles. */
  readonly roles?: readonly string[];
  readonly addRoles?: readonly string[];
  readonly removeRoles?: readonly string[];
  readonly setAttributes?: ReadonlyMap<string, JsonValue>;
  readonly removeAttributes?: readonly string[];
}

/** Fields that must still be as they were read, beyond those of every write. */
type Expected = Partial<Pick<Profile, 'credentialEpoch' | 'disableEpoch' | 'username'>>;

/** The profile with the change made, as a transaction leaves it. */
export function applyChange(profile: Profile, change: ProfileChange): Profile {
  const { roles, addRoles, removeRoles, setAttributes, removeAttributes, ...fields } = change;
  const removed = new Set(removeRoles);
  const attributes = new Map([...profile.attributes, ...(setAttributes ?? [])]);
  for (const name of removeAttributes ?? []) attributes.delete(name);
  return {
    ...profile,
    ...fields,
    roles: [...new Set([...(roles ?? profile.roles), ...(addRoles ?? [])])].filter((role) => !removed.has(role)),
    attributes,
  };
}

/** The parts of an update expression, filled clause by clause. */
class UpdateExpression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  readonly clauses = { SET: [] as string[], REMOVE: [] as string[], ADD: [] as string[], DELETE: [] as string[] };

  name(attribute: string): string {
    const placeholder = `#n${Object.keys(this.names).length}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = value;
    return placeholder;
  }

  set(attribute: string, value: unknown): void {
    this.clauses.SET.push(`${this.name(attribute)} = ${this.value(value)}`);
  }

  toString(): string {
    return Object.entries(this.clauses)
      .flatMap(([clause, parts]) => (parts.length > 0 ? [`${clause} ${parts.join(', ')}`] : []))
      .join(' ');
  }
}

/**
 * The update of a stored profile, on the condition of every write (data model, section 3, W): it exists, is no tombstone, belongs to the same
 * tenant and has taken in the tenant's changes as far as when it was read.
 */
export function profileUpdate(profile: Profile, change: ProfileChange, expected: Expected = {}): UpdateItem {
  const { roles, addRoles, removeRoles, setAttributes, removeAttributes, ...fields } = change;
  const expression = new UpdateExpression();
  for (const [field, value] of Object.entries(fields)) expression.set(field, value);
  if (change.email !== undefined) expression.set('emailKey', emailKeyOf(profile.tenantId, change.email));
  if (roles !== undefined) {
    if (roles.length > 0) expression.set('roles', new Set(roles));
    else expression.clauses.REMOVE.push(expression.name('roles'));
  }
  if (addRoles !== undefined && addRoles.length > 0)
    expression.clauses.ADD.push(`${expression.name('roles')} ${expression.value(new Set(addRoles))}`);
  if (removeRoles !== undefined && removeRoles.length > 0)
    expression.clauses.DELETE.push(`${expression.name('roles')} ${expression.value(new Set(removeRoles))}`);
  for (const [name, value] of setAttributes ?? [])
    expression.clauses.SET.push(`attributes.${expression.name(name)} = ${expression.value(attributeText(value))}`);
  for (const name of removeAttributes ?? []) expression.clauses.REMOVE.push(`attributes.${expression.name(name)}`);
  const { tenantId, appliedVersion } = profile;
  const asRead = Object.entries({ tenantId, appliedVersion, ...expected }).map(
    ([field, value]) => `${expression.name(field)} = ${expression.value(value)}`,
  );
  return {
    TableName: profilesTable(),
    Key: profileKey(profile.id),
    UpdateExpression: expression.toString(),
    ConditionExpression: ['attribute_exists(pk)', 'attribute_not_exists(deletedAtMs)', ...asRead].join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
  };
}

/** Stores the change; undefined where the profile is gone or has changed hands meanwhile. */
export async function updateProfile(profile: Profile, change: ProfileChange): Promise<Profile | undefined> {
  const item = await updateIf(profileUpdate(profile, change));
  return item && profileOf(item);
}

/** The items of a new profile, for one transaction: the profile, its credentials, its username. */
export function newProfileItems(profile: Profile, credentials: Credentials) {
  const table = profilesTable();
  const isNew = 'attribute_not_exists(pk)';
  return {
    profile: { Put: { TableName: table, Item: profileToItem(profile), ConditionExpression: isNew } },
    credentials: { Put: { TableName: table, Item: credentialsToItem(credentials), ConditionExpression: isNew } },
    username: putLogin(profile),
  } satisfies Record<string, TransactionItem>;
}

/** Claims a username: free, or left over from an earlier tenant of the same name. */
export const putLogin = (profile: Profile): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: loginToItem(profile),
    ConditionExpression: 'attribute_not_exists(pk) OR tenantId <> :tenantId',
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
