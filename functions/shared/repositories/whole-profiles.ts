import type { Profile } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import { credentialsKey, profileIdOf, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getManyItems } from './dynamodb/many-reads.ts';
import { credentialsOfRaw, profileOfRaw } from './raw-profiles.ts';

/** Both halves of a profile. */
export interface WholeProfile {
  readonly profile: Profile;
  readonly credentials: Credentials;
}

/** The profiles of these ids that are there, each once, in the order of the ids, for whoever reads them by the thousand. */
export async function findWholeProfiles(ids: readonly string[]): Promise<readonly WholeProfile[]> {
  const unique = [...new Set(ids)];
  const keys = unique.flatMap((id) => [profileKey(id), credentialsKey(id)]);
  const profiles = new Map<string, Profile>();
  const credentials = new Map<string, Credentials>();
  for (const item of await getManyItems(profilesTable(), keys)) {
    const id = profileIdOf(item.pk?.S ?? '');
    if (item.sk?.S === credentialsKey(id).sk) {
      credentials.set(id, credentialsOfRaw(item));
      continue;
    }
    const profile = profileOfRaw(item);
    if (profile !== undefined) profiles.set(id, profile);
  }
  return unique.flatMap((id) => {
    const [profile, secrets] = [profiles.get(id), credentials.get(id)];
    return profile === undefined || secrets === undefined ? [] : [{ profile, credentials: secrets }];
  });
}
