import type { Attributes, JsonText } from '../values/json-text.ts';

/** A change of a tenant that its profiles have to follow (data model, section 4). */
export interface PendingChange {
  /** The tenant's version that the change made. */
  readonly version: number;
  readonly atMs: number;
  readonly removeRoles: readonly string[];
  readonly removeAttributes: readonly string[];
  /** Values for profiles that lack the attribute. */
  readonly defaults: Attributes;
  /** Fields that become indexed: a profile that has not taken this in has no entries of them that count. */
  readonly indexFields: readonly string[];
  /** Fields that were indexed until then. */
  readonly dropFields: readonly string[];
}

const isEmpty = ({ removeRoles, removeAttributes, defaults, indexFields, dropFields }: PendingChange) =>
  removeRoles.length + removeAttributes.length + defaults.size + indexFields.length + dropFields.length === 0;

/** Whether profiles that follow a change get other entries by that alone. */
export const changesIndex = ({ indexFields, dropFields }: PendingChange): boolean =>
  indexFields.length + dropFields.length > 0;

/** Whether a change has the whole index made anew: nothing else indexes roles. */
export const isReindexing = ({ indexFields }: PendingChange): boolean => indexFields.includes('roles');

const isSame = (left: JsonText, right: JsonText | undefined) => left.text === right?.text;

/** An earlier change without what the later one does anyhow to every profile that still has both ahead. */
function shortened(earlier: PendingChange, later: PendingChange, repeatable: Attributes): PendingChange {
  const removedLater = (name: string) => later.removeAttributes.includes(name);
  return {
    ...earlier,
    removeRoles: earlier.removeRoles.filter((role) => !later.removeRoles.includes(role)),
    removeAttributes: earlier.removeAttributes.filter((name) => !removedLater(name)),
    defaults: new Map(
      [...earlier.defaults].filter(([name, value]) => !removedLater(name) && !isSame(value, repeatable.get(name))),
    ),
  };
}

/**
 * The pending changes with one more. For a profile of whatever version the outcome is that of all changes in their order, yet the list stays as
 * small as the names and values in it: what the new change repeats goes from the earlier ones. A default value is repeated only where no other
 * change of its attribute lies between.
 */
export function appendPending(pending: readonly PendingChange[], change: PendingChange): readonly PendingChange[] {
  if (isEmpty(change)) return pending;
  const repeatable = new Map(change.defaults);
  const kept = pending.toReversed().map((earlier) => {
    const short = shortened(earlier, change, repeatable);
    for (const name of [...earlier.removeAttributes, ...earlier.defaults.keys()]) repeatable.delete(name);
    return short;
  });
  return [...kept.filter((earlier) => !isEmpty(earlier)).reverse(), change];
}

/** What follows a tenant's changes: a profile, as far as they are concerned. */
interface Follower {
  readonly roles: readonly string[];
  readonly attributes: Attributes;
  /** The tenant's version whose changes it has taken in. */
  readonly appliedVersion: number;
}

interface Followed {
  readonly version: number;
  readonly pending: readonly PendingChange[];
}

/** The tenant's changes that the stored profile has not taken in yet, oldest first. */
export const lagOf = (
  follower: Pick<Follower, 'appliedVersion'>,
  tenant: Pick<Followed, 'pending'>,
): readonly PendingChange[] => tenant.pending.filter((change) => change.version > follower.appliedVersion);

/**
 * The profile as the tenant's changes make it, however far the worker is (data model, section 4). Every reader uses it, so that a change is
 * visible everywhere at once.
 */
export function settle<Profile extends Follower>(profile: Profile, tenant: Followed): Profile {
  const lag = lagOf(profile, tenant);
  if (lag.length === 0) return profile;
  const roles = new Set(profile.roles);
  const attributes = new Map<string, JsonText>(profile.attributes);
  for (const change of lag) {
    for (const role of change.removeRoles) roles.delete(role);
    for (const name of change.removeAttributes) attributes.delete(name);
    for (const [name, value] of change.defaults) if (!attributes.has(name)) attributes.set(name, value);
  }
  return { ...profile, roles: [...roles], attributes, appliedVersion: tenant.version };
}

/** The tenant without the changes up to a version, when all profiles have taken them in; one version on, so that no change in flight writes them back. */
export const carriedOut = <Tenant extends Followed>(tenant: Tenant, version: number): Tenant => ({
  ...tenant,
  version: tenant.version + 1,
  pending: tenant.pending.filter((change) => change.version > version),
});
