import { attributeOf, fieldsOfStored, type Indexing, indexedFieldsOf } from '../tenant/indexed-fields.ts';
import type { Profile } from './profile.ts';
import type { ProfileChange } from './profile-change.ts';

/** A profile with the fields that it has entries of in the index, as it is there or is to be. */
export interface IndexedProfile {
  readonly profile: Profile;
  readonly fields: readonly string[];
}

/** A stored profile with what the index holds of it, by a tenant that is no older. */
export const asIndexed = (stored: Profile, tenant: Indexing): IndexedProfile => ({
  profile: stored,
  fields: fieldsOfStored(stored, tenant),
});

/**
 * What the index may hold of a stored profile, for who takes all of it away: by the fields that it has followed its tenant to, and by those of today,
 * whose entries may be there before it has, where everything is indexed anew.
 */
export const everyIndexing = (stored: Profile, tenant: Indexing): readonly IndexedProfile[] => [
  asIndexed(stored, tenant),
  { profile: stored, fields: indexedFieldsOf(tenant) },
];

/**
 * Whether a change touches what the profile is indexed by. Judged by the names in it, not by what it makes different of what was read: another
 * write may have come between.
 */
export function touchesIndex({ fields }: IndexedProfile, { roles, attributes }: ProfileChange): boolean {
  if (roles !== undefined && fields.includes('roles')) return true;
  if (attributes === undefined) return false;
  const isNamed = (name: string) => {
    if ('replace' in attributes) return true;
    return 'set' in attributes ? attributes.set.has(name) : attributes.remove.includes(name);
  };
  return fields.some((field) => {
    const name = attributeOf(field);
    return name !== undefined && isNamed(name);
  });
}
