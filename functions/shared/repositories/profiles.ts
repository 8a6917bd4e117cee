import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Profile } from '../domain/profile/profile.ts';
import type { Credentials } from '../domain/sign-in/credentials.ts';
import type { Attributes, JsonValue } from '../domain/values/json.ts';
import { documentClient } from './dynamodb/client.ts';
import { credentialsKey, loginKey, profileKey, profilesTable } from './dynamodb/keys.ts';
import { getItem, type StoredItem } from './dynamodb/reads.ts';

const attributeTexts = z.record(z.string(), z.string());

const profileItem = z.object({
  id: z.string(),
  tenant: z.string(),
  tenantId: z.string(),
  username: z.string(),
  email: z.string(),
  verified: z.boolean(),
  enabled: z.boolean(),
  createdAtMs: z.number(),
  lastModifiedMs: z.number(),
  appliedVersion: z.number(),
  credentialEpoch: z.number(),
  disableEpoch: z.number(),
  roles: z._default(z.set(z.string()), new Set<string>()),
  attributes: attributeTexts,
});

const credentialsItem = z.object({
  profileId: z.string(),
  passwordHash: z.optional(z.string()),
  credentialEpoch: z.number(),
  failedLoginAttempts: z.number(),
  lastFailedLoginMs: z.optional(z.number()),
});

const parseText = (text: string): JsonValue => JSON.parse(text);

/** A stored profile, or undefined where its key holds a tombstone. */
export function profileOf(item: StoredItem): Profile | undefined {
  if (item.deletedAtMs !== undefined) return undefined;
  const { roles, attributes, ...profile } = z.parse(profileItem, item);
  return {
    ...profile,
    roles: [...roles],
    attributes: new Map(Object.entries(attributes).map(([name, text]) => [name, parseText(text)])),
  };
}

/** Attribute values are stored as JSON text: as maps, large numbers and depth would be errors. */
export const attributeText = (value: JsonValue): string => JSON.stringify(value);
export const attributeMap = (attributes: Attributes) =>
  Object.fromEntries([...attributes].map(([name, value]) => [name, attributeText(value)]));

/** Stands before the keys of all profiles made from this time on. */
export const createdKeyFrom = (ms: number) => String(ms).padStart(13, '0');
/** Sorts a tenant's profiles in the order of their creation. */
const createdKeyOf = (profile: Pick<Profile, 'id' | 'createdAtMs'>) =>
  `${createdKeyFrom(profile.createdAtMs)}#${profile.id}`;

/** Key of the index by e-mail address, in any letter case. */
export const emailKeyOf = (tenantId: string, email: string) => `${tenantId}#${email.toLowerCase()}`;

/** Keys, index keys and values as they are stored. */
export function profileToItem({ roles, attributes, ...profile }: Profile) {
  return {
    ...profileKey(profile.id),
    ...profile,
    createdKey: createdKeyOf(profile),
    emailKey: emailKeyOf(profile.tenantId, profile.email),
    roles: roles.length > 0 ? new Set(roles) : undefined,
    attributes: attributeMap(attributes),
  };
}

export const credentialsToItem = (credentials: Credentials) => ({
  ...credentialsKey(credentials.profileId),
  ...credentials,
});

/** Makes the username of a tenant point to its profile. */
export const loginToItem = (profile: Profile) => ({
  ...loginKey(profile.tenant, profile.username),
  profileId: profile.id,
  tenantId: profile.tenantId,
});

/** Undefined where there is none, or only its tombstone. */
export async function findProfile(id: string): Promise<Profile | undefined> {
  const item = await getItem(profilesTable(), profileKey(id));
  return item && profileOf(item);
}

/** Undefined where the profile is gone. */
export async function findCredentials(profileId: string): Promise<Credentials | undefined> {
  const item = await getItem(profilesTable(), credentialsKey(profileId));
  return item && z.parse(credentialsItem, item);
}

const loginItem = z.object({ profileId: z.string(), tenantId: z.string() });

/** Whose username it is; the profile's tenant may be gone all the same. */
export async function findLogin(
  tenant: string,
  username: string,
): Promise<{ profileId: string; tenantId: string } | undefined> {
  const item = await getItem(profilesTable(), loginKey(tenant, username));
  return item && z.parse(loginItem, item);
}

/** Profile and credentials as they stood together, in one call. */
export async function findProfileWithCredentials(
  id: string,
): Promise<{ profile: Profile; credentials: Credentials } | undefined> {
  const keys = [profileKey(id), credentialsKey(id)];
  const items = await batchGet(keys);
  const ofKey = (sk: string) => items.find((item) => item.sk === sk);
  const profile = ofKey('PROFILE');
  const credentials = ofKey('CREDENTIALS');
  const found = profile && profileOf(profile);
  return found && credentials && { profile: found, credentials: z.parse(credentialsItem, credentials) };
}

const BATCH_SIZE = 100;
const PARALLEL_BATCHES = 8;
/** In a row, some two seconds together. */
const MOST_FRUITLESS_CALLS = 8;

/** Up to 100 keys at once, what the store left out asked for again as long as that brings anything. */
async function batchGet(keys: readonly { pk: string; sk: string }[]): Promise<readonly StoredItem[]> {
  const table = profilesTable();
  const items: StoredItem[] = [];
  let open: Record<string, unknown>[] = [...keys].map((key) => ({ ...key }));
  for (let fruitless = 0; open.length > 0; ) {
    const answer = await documentClient().send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: open, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[table] ?? []));
    const left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    fruitless = left.length < open.length ? 0 : fruitless + 1;
    if (fruitless === MOST_FRUITLESS_CALLS) throw new Error('The store does not process the keys of a batch');
    open = left;
    if (open.length > 0) await sleep(Math.min(1000, 10 * 2 ** fruitless));
  }
  return items;
}

/** The profiles of these ids that are there, each once, in the order of the ids. */
export async function findProfiles(ids: readonly string[]): Promise<readonly Profile[]> {
  const unique = [...new Set(ids)];
  const found = new Map<string, Profile>();
  const batches: string[][] = [];
  for (let from = 0; from < unique.length; from += BATCH_SIZE) batches.push(unique.slice(from, from + BATCH_SIZE));
  for (let from = 0; from < batches.length; from += PARALLEL_BATCHES) {
    const some = batches.slice(from, from + PARALLEL_BATCHES);
    const pages = await Promise.all(some.map((batch) => batchGet(batch.map(profileKey))));
    for (const profile of pages.flat().map(profileOf)) if (profile !== undefined) found.set(profile.id, profile);
  }
  return unique.flatMap((id) => found.get(id) ?? []);
}
