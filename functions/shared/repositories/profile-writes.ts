import type { CallsByIntent } from '../config/calls.ts';
import type { Profile } from '../domain/profile/profile.ts';
import { changesAddress, type ProfileChange } from '../domain/profile/profile-change.ts';
import type { Settlement } from '../domain/profile/write-profile.ts';
import { profileKey, profilesTable } from './dynamodb/keys.ts';
import { UpdateExpression } from './dynamodb/update-expression.ts';
import { type UpdateItem, updateIf } from './dynamodb/writes.ts';
import { attributeMap, emailKeyOf, emailOrderKeyOf, profileOf } from './profiles.ts';
import { storedName } from './stored-names.ts';

/** Fields that are set besides the change, and fields that must still be as they were read, beyond those of every write. */
interface UpdateOptions {
  readonly set?: Partial<Pick<Profile, 'username' | 'credentialEpoch' | 'appliedVersion'>>;
  readonly expected?: Partial<
    Pick<Profile, 'credentialEpoch' | 'disableEpoch' | 'emailEpoch' | 'username' | 'attributes' | 'revision'>
  >;
}

function changeFields(expression: UpdateExpression, profile: Profile, change: ProfileChange): void {
  const { atMs: _atMs, enabled, roles: _roles, attributes: _attributes, ...fields } = change;
  for (const [field, value] of Object.entries(fields)) expression.set(expression.name(field), value);
  if (change.email !== undefined) {
    expression.set(expression.name('emailKey'), emailKeyOf(profile.tenantId, change.email));
    expression.set(expression.name('emailOrderKey'), emailOrderKeyOf(profile, change.email));
  }
  if (changesAddress(profile, change)) expression.increment('emailEpoch');
  if (enabled !== undefined) expression.set(expression.name('enabled'), enabled);
  // The store counts, so that of several at once none is lost.
  if (enabled === false) expression.increment('disableEpoch');
}

function changeRoles(expression: UpdateExpression, roles: ProfileChange['roles']): void {
  if (roles === undefined) return;
  if ('add' in roles) expression.changeSet('ADD', 'roles', roles.add);
  else if ('remove' in roles) expression.changeSet('DELETE', 'roles', roles.remove);
  else if (roles.replace.length > 0) expression.set(expression.name('roles'), new Set(roles.replace));
  else expression.remove(expression.name('roles'));
}

function changeAttributes(expression: UpdateExpression, attributes: ProfileChange['attributes']): void {
  if (attributes === undefined) return;
  if ('replace' in attributes) expression.set(expression.name('attributes'), attributeMap(attributes.replace));
  else if ('remove' in attributes)
    for (const name of new Set(attributes.remove)) expression.remove(expression.path('attributes', storedName(name)));
  else
    for (const [name, { text }] of attributes.set)
      expression.set(expression.path('attributes', storedName(name)), text);
}

/** What a profile from before these counters lacks. */
const countedLater: ReadonlySet<string> = new Set(['emailEpoch', 'revision']);

/** The conditions that these fields are as they were read. */
const unchanged = (expression: UpdateExpression, asRead: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(asRead).map(([field, value]) => {
    const name = expression.name(field);
    const asBefore = `${name} = ${expression.value(value)}`;
    return countedLater.has(field) && value === 0 ? `(attribute_not_exists(${name}) OR ${asBefore})` : asBefore;
  });

/**
 * Sets when the profile was last modified, and answers on which condition: the clock's time where what is stored is earlier, which is judged by what was
 * read, else the next after what is stored.
 */
function changeTime(expression: UpdateExpression, { lastModifiedMs }: Profile, atMs: number | undefined) {
  if (atMs === undefined) return [];
  const name = expression.name('lastModifiedMs');
  if (lastModifiedMs < atMs) expression.set(name, atMs);
  else expression.increment('lastModifiedMs');
  return [`${name} ${lastModifiedMs < atMs ? '<' : '>='} ${expression.value(atMs)}`];
}

/**
 * The update of a stored profile, on the condition of every write (data model, section 3, W): it exists, is no tombstone, belongs to the same
 * tenant and has taken in the tenant's changes as far as when it was read. `applyChange` says the same of the profile: a test holds them together.
 * Every write to a profile that exists is made of it, and so moves the revision.
 */
export function profileUpdate(profile: Profile, change: ProfileChange, options: UpdateOptions = {}): UpdateItem {
  const { set = {}, expected = {} } = options;
  const expression = new UpdateExpression();
  for (const [field, value] of Object.entries(set)) expression.set(expression.name(field), value);
  changeFields(expression, profile, change);
  changeRoles(expression, change.roles);
  changeAttributes(expression, change.attributes);
  expression.increment('revision');
  const inTime = changeTime(expression, profile, change.atMs);
  const { tenantId, appliedVersion } = profile;
  const asRead = {
    tenantId,
    appliedVersion,
    // Whether the address becomes another one was judged by the one that was read.
    ...(change.email !== undefined && { email: profile.email }),
    ...expected,
    ...(expected.attributes && { attributes: attributeMap(expected.attributes) }),
  };
  const conditions = ['attribute_exists(pk)', 'attribute_not_exists(deletedAtMs)', ...inTime];
  return {
    TableName: profilesTable(),
    Key: profileKey(profile.id),
    UpdateExpression: expression.toString(),
    ConditionExpression: [...conditions, ...unchanged(expression, asRead)].join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
  };
}

/**
 * Stores the change; undefined where the profile is gone or has changed hands meanwhile. A write of a later time than this one's may have come between:
 * then this one is the next after it.
 */
export async function updateProfile(profile: Profile, change: ProfileChange): Promise<Profile | undefined> {
  const { lastModifiedMs } = profile;
  const { atMs = lastModifiedMs } = change;
  let item = await updateIf(profileUpdate(profile, change));
  if (item === undefined && lastModifiedMs < atMs)
    item = await updateIf(profileUpdate({ ...profile, lastModifiedMs: atMs }, change));
  return item && profileOf(item);
}

/**
 * Stores what a lagging profile takes in of its tenant. Roles go one by one; attributes are replaced as a whole, on condition that they are as read.
 * Undefined where the profile is gone or changed meanwhile.
 */
export async function settleProfile(stored: Profile, settlement: Settlement): Promise<Profile | undefined> {
  const { removeRoles, attributes, appliedVersion } = settlement;
  const change = { roles: { remove: removeRoles }, ...(attributes && { attributes: { replace: attributes } }) };
  const expected = attributes ? { attributes: stored.attributes } : {};
  const item = await updateIf(profileUpdate(stored, change, { set: { appliedVersion }, expected }));
  return item && profileOf(item);
}

/** What each intent calls. */
export const calls = {
  updateProfile: ['UpdateItem profile'],
  settleProfile: ['UpdateItem profile'],
} as const satisfies CallsByIntent;
