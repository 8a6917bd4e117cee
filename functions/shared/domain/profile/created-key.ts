import { LIMIT_MS } from '../values/date.ts';
import type { Profile } from './profile.ts';

const DIGITS = 13;
const ALL_DIGITS = 16;

/**
 * Stands before the keys of all profiles made from this time on. Times that are imported may be from before 1970, or have more digits: a character that
 * sorts before or behind all digits has them in their order.
 */
export function createdKeyFrom(ms: number): string {
  if (ms < 0) return `-${String(LIMIT_MS + ms).padStart(ALL_DIGITS, '0')}`;
  const digits = String(ms).padStart(DIGITS, '0');
  return digits.length > DIGITS ? `:${digits.padStart(ALL_DIGITS, '0')}` : digits;
}

/** Sorts a tenant's profiles in the order of their creation (data model, section 3); it ends with the profile's id. */
export const createdKeyOf = (profile: Pick<Profile, 'id' | 'createdAtMs'>): string =>
  `${createdKeyFrom(profile.createdAtMs)}#${profile.id}`;

/** The id of the profile that has the key. */
export const idOfCreatedKey = (createdKey: string): string => createdKey.slice(createdKey.indexOf('#') + 1);
