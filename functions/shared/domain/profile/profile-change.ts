import type { Attributes, JsonText } from '../values/json-text.ts';
import type { Profile } from './profile.ts';

/** What happens to the roles: one of the three. */
export type RolesChange =
  | { readonly replace: readonly string[] }
  | { readonly add: readonly string[] }
  | { readonly remove: readonly string[] };

/** What happens to the attributes: one of the three. */
export type AttributesChange =
  | { readonly replace: Attributes }
  | { readonly set: Attributes }
  | { readonly remove: readonly string[] };

/** What a call changes of a profile; what it does not name stays. */
export interface ProfileChange {
  /** When it is made, by the clock of who makes it; absent: a change that does not count as one, `lastModified` stays. */
  readonly atMs?: number;
  /** Another one than before, letter case aside, moves the epoch of what was mailed. */
  readonly email?: string;
  readonly verified?: boolean;
  /**
   * False switches it off on purpose, even if it is off already: every session before dies, and no verification token from before opens it again
   * (contract 9.1 #7, #10).
   */
  readonly enabled?: boolean;
  readonly roles?: RolesChange;
  readonly attributes?: AttributesChange;
}

/** The names of the fields that a change sets, attributes aside. */
export const fieldsIn = ({ atMs: _atMs, attributes: _attributes, ...fields }: ProfileChange): readonly string[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [name]));

/** The names of the attributes that it sets or removes. */
export function attributesIn({ attributes }: ProfileChange): Iterable<string> {
  if (attributes === undefined) return [];
  if ('replace' in attributes) return attributes.replace.keys();
  return 'set' in attributes ? attributes.set.keys() : attributes.remove;
}

/** Whether a change makes the address another one, or the first, or takes it away; letter case alone does not. */
export const changesAddress = (
  profile: Pick<Profile, 'email'>,
  { email }: { readonly email?: string | null },
): boolean => email !== undefined && email?.toLowerCase() !== profile.email?.toLowerCase();

/**
 * When a profile was last modified, after a change that is made at this time (SAVE, contract 5): later than before, also by a clock that is behind.
 */
const modifiedMs = ({ lastModifiedMs }: Pick<Profile, 'lastModifiedMs'>, atMs: number): number =>
  Math.max(atMs, lastModifiedMs + 1);

function rolesAfter(roles: readonly string[], change: RolesChange): readonly string[] {
  if ('replace' in change) return [...new Set(change.replace)];
  if ('add' in change) return [...new Set([...roles, ...change.add])];
  return roles.filter((role) => !change.remove.includes(role));
}

function attributesAfter(attributes: Attributes, change: AttributesChange): Attributes {
  if ('replace' in change) return change.replace;
  const after = new Map<string, JsonText>(attributes);
  if ('set' in change) for (const [name, value] of change.set) after.set(name, value);
  else for (const name of change.remove) after.delete(name);
  return after;
}

/** The profile with the change made, as the store makes it. */
export function applyChange(profile: Profile, change: ProfileChange): Profile {
  const { atMs, enabled, roles, attributes, ...fields } = change;
  return {
    ...profile,
    ...fields,
    revision: profile.revision + 1,
    ...(atMs !== undefined && { lastModifiedMs: modifiedMs(profile, atMs) }),
    ...(changesAddress(profile, change) && { emailEpoch: profile.emailEpoch + 1 }),
    ...(enabled === true && { enabled }),
    ...(enabled === false && { enabled, disableEpoch: profile.disableEpoch + 1 }),
    ...(roles && { roles: rolesAfter(profile.roles, roles) }),
    ...(attributes && { attributes: attributesAfter(profile.attributes, attributes) }),
  };
}
