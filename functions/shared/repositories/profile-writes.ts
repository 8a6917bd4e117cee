import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import { type IndexedProfile, touchesIndex } from '../domain/profile/indexed-profile.ts';
import { type Profile, subjectOf } from '../domain/profile/profile.ts';
import {
  applyChange,
  attributesIn,
  changesAddress,
  fieldsIn,
  type ProfileChange,
} from '../domain/profile/profile-change.ts';
import type { Settlement } from '../domain/profile/write-profile.ts';
import { profileKey, profilesTable } from './dynamodb/keys.ts';
import { UpdateExpression } from './dynamodb/update-expression.ts';
import { transact, type UpdateItem, updateIf } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import { attributeMap, emailKeyOf, emailOrderKeyOf, profileOf } from './profiles.ts';
import { storedName } from './stored-names.ts';

/** Fields that are set besides the change, and fields that must still be as they were read, beyond those of every write. */
interface UpdateOptions {
  readonly set?: Partial<Pick<Profile, 'username' | 'credentialEpoch' | 'appliedVersion' | 'shard'>> & {
    readonly emailOrderKey?: string;
  };
  readonly expected?: Partial<
    Pick<Profile, 'credentialEpoch' | 'disableEpoch' | 'emailEpoch' | 'username' | 'revision'>
  >;
}

/**
 * What says that nobody has written to a profile since it was read, for writes that rest on all of it. The revision says it all, but for what came under
 * the same id another time: that has other epochs.
 */
export const wholeAsRead = ({ username, credentialEpoch, disableEpoch, emailEpoch, revision }: Profile) => ({
  username,
  credentialEpoch,
  disableEpoch,
  emailEpoch,
  revision,
});

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
    if (value === null) return `attribute_not_exists(${name})`;
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

/** Stores what was made of a whole profile, with its entries: one update where these stay, else a transaction, which gives nothing back. */
async function storeIndexed(
  update: UpdateItem,
  before: IndexedProfile,
  after: IndexedProfile,
): Promise<Profile | undefined> {
  const entries = entryChanges([before], [after]);
  if (Object.keys(entries).length > 0) {
    const failed = await transact<string>({ profile: { Update: update }, ...entries });
    return failed.size === 0 ? after.profile : undefined;
  }
  const item = await updateIf(update);
  return item && profileOf(item);
}

/** A change of nothing that is indexed. */
async function updateBeside(profile: Profile, change: ProfileChange): Promise<Profile | undefined> {
  const { lastModifiedMs } = profile;
  const { atMs = lastModifiedMs } = change;
  let item = await updateIf(profileUpdate(profile, change));
  if (item === undefined && lastModifiedMs < atMs)
    item = await updateIf(profileUpdate({ ...profile, lastModifiedMs: atMs }, change));
  return item && profileOf(item);
}

/**
 * Stores the change; undefined where the profile is gone or has changed hands meanwhile, and, where the change touches what is indexed, where anybody
 * has written to it since it was read. A write of a later time than this one's may have come between: then this one is the next after it.
 */
export async function updateProfile(stored: IndexedProfile, change: ProfileChange): Promise<Profile | undefined> {
  const { profile, fields } = stored;
  noteChange(subjectOf(profile), fieldsIn(change), attributesIn(change));
  if (!touchesIndex(stored, change)) return updateBeside(profile, change);
  const update = profileUpdate(profile, change, { expected: wholeAsRead(profile) });
  return storeIndexed(update, stored, { profile: applyChange(profile, change), fields });
}

/**
 * Stores what a lagging profile takes in of its tenant, with the entries of the fields that are indexed by now. Undefined where anybody has written to it
 * since it was read, or it is gone.
 */
export async function settleProfile(stored: IndexedProfile, settlement: Settlement): Promise<Profile | undefined> {
  const { profile } = stored;
  noteChange(subjectOf(profile), ['appliedVersion']);
  const { removeRoles, attributes, appliedVersion, shard, fields } = settlement;
  const change = { roles: { remove: removeRoles }, ...(attributes && { attributes: { replace: attributes } }) };
  const own = { appliedVersion, ...(shard !== undefined && { shard }) };
  const update = profileUpdate(profile, change, {
    set: { ...own, emailOrderKey: emailOrderKeyOf(profile, profile.email) },
    expected: wholeAsRead(profile),
  });
  return storeIndexed(update, stored, { profile: { ...applyChange(profile, change), ...own }, fields });
}

/** What each intent calls. */
export const calls = {
  updateProfile: ['UpdateItem profile', 'PutItem indexEntry', 'DeleteItem indexEntry'],
  settleProfile: ['UpdateItem profile', 'PutItem indexEntry', 'DeleteItem indexEntry'],
} as const satisfies CallsByIntent;
