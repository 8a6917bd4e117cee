import type { Profile } from '../profile/profile.ts';

/** At least what the profile takes in an answer, in characters: its attributes, and the names of all other fields. */
export function sizeOf(profile: Profile): number {
  let size = 150;
  for (const [name, { text }] of profile.attributes) size += name.length + text.length;
  return size;
}
