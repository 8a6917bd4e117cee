import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { createdKeyOf } from '../domain/profile/created-key.ts';
import type { Profile } from '../domain/profile/profile.ts';
import { placedKeyOf } from '../domain/profile-list/index/placed-key.ts';
import { valueKeyOf } from '../domain/profile-list/index/value-key.ts';
import { type Attributes, JsonText } from '../domain/values/json-text.ts';
import { profileKey, profilesTable } from './dynamodb/keys.ts';
import { getManyItems } from './dynamodb/many-reads.ts';
import { getItem, getItems, type StoredItem } from './dynamodb/reads.ts';
import { addedLater, everyFieldOf, textOrNull, textSet, textSetOf } from './dynamodb/stored.ts';
import { profileOfRaw } from './raw-profiles.ts';
import { nameOfStored, storedName } from './stored-names.ts';

const attributeTexts = z.pipe(
  z.record(z.string(), z.string()),
  z.transform(
    (texts): Attributes =>
      new Map(Object.entries(texts).map(([name, text]) => [nameOfStored(name), new JsonText(text)])),
  ),
);

const profileItem = everyFieldOf<Profile>()({
  id: z.string(),
  tenant: z.string(),
  tenantId: z.string(),
  username: z.string(),
  email: textOrNull(),
  verified: z.boolean(),
  enabled: z.boolean(),
  createdAtMs: z.number(),
  lastModifiedMs: z.number(),
  appliedVersion: z.number(),
  credentialEpoch: z.number(),
  disableEpoch: z.number(),
  emailEpoch: addedLater(z.number(), 0),
  revision: addedLater(z.number(), 0),
  shard: z.optional(z.number()),
  mailRefusedAtMs: z.optional(z.number()),
  roles: textSet(),
  attributes: attributeTexts,
});

/** A stored profile, or undefined where its key holds a tombstone. */
export function profileOf(item: StoredItem): Profile | undefined {
  if (item.deletedAtMs !== undefined) return undefined;
  return z.parse(profileItem, item);
}

/**
 * Attribute values are stored as JSON text: as maps, large numbers and depth would be errors. The converter takes an object's own `constructor` for
 * its class; of a map it takes the keys as they are.
 */
export const attributeMap = (attributes: Attributes): ReadonlyMap<string, string> =>
  new Map([...attributes].map(([name, { text }]) => [storedName(name), text]));

/** Key of the index by e-mail address, in any letter case. */
export const emailKeyOf = (tenantId: string, email: string) => `${tenantId}#${email.toLowerCase()}`;

/**
 * Sorts a tenant's profiles by the address as it is written, and those of one address in the order of their creation. Every profile has it: those
 * without an address come first, as what is missing does (contract 6.6).
 */
export const emailOrderKeyOf = (profile: Pick<Profile, 'id' | 'createdAtMs'>, email: string | null) =>
  placedKeyOf({ key: valueKeyOf(email), createdKey: createdKeyOf(profile) });

/** Keys, index keys and values as they are stored. */
export function profileToItem({ email, roles, attributes, ...profile }: Profile) {
  return {
    ...profileKey(profile.id),
    ...profile,
    createdKey: createdKeyOf(profile),
    email: email ?? undefined,
    emailKey: email === null ? undefined : emailKeyOf(profile.tenantId, email),
    emailOrderKey: emailOrderKeyOf(profile, email),
    roles: textSetOf(roles),
    attributes: attributeMap(attributes),
  };
}

/** Undefined where there is none, or only its tombstone. */
export async function findProfile(id: string): Promise<Profile | undefined> {
  const item = await getItem(profilesTable(), profileKey(id));
  return item && profileOf(item);
}

/** As many as are read in one call with whatever else is read by key beside them. */
const FEW = 25;

/** More are read in calls of their own, as the store writes them: that takes a fraction of the time for each. */
async function readAll(ids: readonly string[]): Promise<readonly (Profile | undefined)[]> {
  const keys = ids.map(profileKey);
  if (keys.length <= FEW) return (await getItems(profilesTable(), keys)).map(profileOf);
  return (await getManyItems(profilesTable(), keys)).map(profileOfRaw);
}

/** The profiles of these ids that are there, each once, in the order of the ids. */
export async function findProfiles(ids: readonly string[]): Promise<readonly Profile[]> {
  const unique = [...new Set(ids)];
  const found = new Map<string, Profile>();
  for (const profile of await readAll(unique)) if (profile !== undefined) found.set(profile.id, profile);
  return unique.flatMap((id) => found.get(id) ?? []);
}

/** What each intent calls. */
export const calls = {
  findProfile: ['Get profile'],
  findProfiles: ['Get profile'],
} as const satisfies CallsByIntent;
