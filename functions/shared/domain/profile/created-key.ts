import type { Profile } from './profile.ts';

/** Stands before the keys of all profiles made from this time on. */
export const createdKeyFrom = (ms: number): string => String(ms).padStart(13, '0');

/** Sorts a tenant's profiles in the order of their creation (data model, section 3); it ends with the profile's id. */
export const createdKeyOf = (profile: Pick<Profile, 'id' | 'createdAtMs'>): string =>
  `${createdKeyFrom(profile.createdAtMs)}#${profile.id}`;

/** The id of the profile that has the key. */
export const idOfCreatedKey = (createdKey: string): string => createdKey.slice(createdKey.indexOf('#') + 1);
