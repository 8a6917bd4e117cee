import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { counted } from '../audit/tally.ts';
import { documentClient } from './dynamodb/client.ts';
import {
  credentialsKey,
  type Key,
  profileIdOf,
  profileKey,
  profilesTable,
  tokensTable,
  verificationTokenKey,
} from './dynamodb/keys.ts';
import { getItems } from './dynamodb/reads.ts';
import { deleteItem } from './dynamodb/writes.ts';

/** Keys of everything that a table holds, a page at a time; with more attributes where they are named. */
async function* pagesOf(
  table: string,
  names: readonly string[] = [],
): AsyncGenerator<readonly Record<string, unknown>[]> {
  const attributes = ['pk', 'sk', ...names];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await documentClient().send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
        ExclusiveStartKey: from,
      }),
    );
    yield Items;
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

const keyOf = ({ pk, sk }: Readonly<Record<string, unknown>>): Key => ({ pk: String(pk), sk: String(sk) });
const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0);

/** A profile of a table that has come back, as far as it says what is alive of it. */
export interface ReturnedProfile {
  readonly id: string;
  readonly credentialEpoch: number;
  readonly disableEpoch: number;
  readonly createdAtMs: number;
  readonly verified: boolean;
}

/** Every profile of the Profiles table, tombstones left out, a page at a time. */
export async function* returnedProfiles(): AsyncGenerator<readonly ReturnedProfile[]> {
  const names = ['username', 'credentialEpoch', 'disableEpoch', 'createdAtMs', 'verified'];
  for await (const page of pagesOf(profilesTable(), names))
    yield page
      .filter((item) => item.sk === profileKey('').sk && item.username !== undefined)
      .map((item) => ({
        id: profileIdOf(keyOf(item).pk),
        credentialEpoch: numberOf(item.credentialEpoch),
        disableEpoch: numberOf(item.disableEpoch),
        createdAtMs: numberOf(item.createdAtMs),
        verified: item.verified === true,
      }));
}

/** What has happened to a profile by now, in the tables that are in use. */
export interface StandingProfile {
  readonly isDisabled: boolean;
  readonly credentialEpoch: number;
  /** Undefined where it has no password. */
  readonly passwordHash: string | undefined;
}

/** How these profiles stand in another Profiles table; those that it does not have are left out. */
export async function standingIn(table: string, ids: readonly string[]): Promise<ReadonlyMap<string, StandingProfile>> {
  const items = await getItems(
    table,
    ids.flatMap((id) => [profileKey(id), credentialsKey(id)]),
  );
  const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  const found = ids.flatMap((id): [string, StandingProfile][] => {
    const [profile, credentials] = [profileKey(id), credentialsKey(id)].map(({ pk, sk }) => byKey.get(`${pk} ${sk}`));
    if (profile?.username === undefined || credentials === undefined) return [];
    const hash = credentials.passwordHash;
    const passwordHash = typeof hash === 'string' ? hash : undefined;
    const isDisabled = profile.enabled === false;
    return [[id, { isDisabled, credentialEpoch: numberOf(credentials.credentialEpoch), passwordHash }]];
  });
  return new Map(found);
}

/** Null takes away. */
async function set(key: Key, values: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(values);
  const kept = names.filter((name) => values[name] !== null);
  const removed = names.filter((name) => values[name] === null);
  const removal = removed.length === 0 ? '' : ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}`;
  const update = new UpdateCommand({
    TableName: profilesTable(),
    Key: key,
    UpdateExpression: `SET ${kept.map((name) => `#${name} = :${name}`).join(', ')}${removal}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(kept.map((name) => [`:${name}`, values[name]])),
  });
  await counted(() => documentClient().send(update));
}

/** What of a profile and its credentials is to become another. */
export interface Ending {
  readonly credentials: {
    readonly credentialEpoch: number;
    /** Null: no password is right any more. */
    readonly passwordHash?: string | null;
  };
  readonly profile: { readonly credentialEpoch: number; readonly disableEpoch?: number; readonly enabled?: false };
}

/**
 * Ends what was alive of a profile, its credentials first: one that was ended half way is ended again. Only of tables that nobody else writes to: it asks for no
 * revision.
 */
export async function endSessionsOf(id: string, { credentials, profile }: Ending): Promise<void> {
  await set(credentialsKey(id), credentials);
  await set(profileKey(id), profile);
}

/** Deletes every verification token; how many they were. */
export async function dropVerificationTokens(): Promise<number> {
  let dropped = 0;
  for await (const page of pagesOf(tokensTable()))
    for (const key of page.map(keyOf).filter(({ pk }) => pk.startsWith(verificationTokenKey('').pk))) {
      await deleteItem(tokensTable(), key);
      dropped += 1;
    }
  return dropped;
}
