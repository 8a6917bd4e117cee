import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { wireLines } from '../functions/shared/config/wire-line.ts';
import { batchesOf } from '../functions/shared/domain/concurrency/in-parallel.ts';
import { createdKeyOf } from '../functions/shared/domain/profile/created-key.ts';
import { newProfile } from '../functions/shared/domain/profile/profile.ts';
import { sealPosition } from '../functions/shared/domain/profile-list/cursor.ts';
import { type ValueKey, valueKeyOf } from '../functions/shared/domain/profile-list/index/value-key.ts';
import type { Position } from '../functions/shared/domain/profile-list/position.ts';
import { compareText } from '../functions/shared/domain/profile-list/query/compare.ts';
import { newCredentials } from '../functions/shared/domain/sign-in/credentials.ts';
import { indexedFieldsOf } from '../functions/shared/domain/tenant/indexed-fields.ts';
import type { Tenant } from '../functions/shared/domain/tenant/tenant.ts';
import { credentialsToItem } from '../functions/shared/repositories/credentials.ts';
import { documentClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { entryKeysOf } from '../functions/shared/repositories/index-entries.ts';
import { profileToItem } from '../functions/shared/repositories/profiles.ts';
import { usernameToItem } from '../functions/shared/repositories/usernames.ts';
import { localTableNames } from '../lib/local/environment.ts';
import { asAttributes } from '../test/support/attributes.ts';
import { definition } from '../test/support/definitions.ts';
import { exampleAccessToken } from '../test/support/example-access-token.ts';
import type { LocalApi } from '../test/support/local-api.ts';

const BATCH = 25;
/** Profiles that are made at once. */
const PORTION = 10_000;

const accessTokenId = 'bench-token';

/** A profile's place in every list that is walked here. */
interface Place extends Position {
  readonly email: string | null;
  readonly rank: ValueKey;
}

/** The tenant, as far as it is filled. */
export interface GrowingTenant {
  readonly tenant: Tenant;
  /** Of its profiles, in the order of their creation. */
  readonly places: Place[];
}

type Query = Readonly<Record<string, string>>;
/** A request to the tenant as it is. */
type Read = (growing: GrowingTenant) => { readonly path: string; readonly query: Query };

const always =
  (path: string, query: Query = {}): Read =>
  () => ({ path, query });

const hundredths = [1, 50, 99];

/** The page of 50 behind the profile at so many hundredths of a range. */
function pageBehind(sortBy: 'email' | 'attributes.rank', sortOrder: 'ASC' | 'DESC', hundredth: number): Read {
  return ({ tenant, places }) => {
    const keyed = places.map(({ createdKey, email, rank }) => ({
      createdKey,
      key: sortBy === 'email' ? valueKeyOf(email) : rank,
    }));
    const direction = sortOrder === 'ASC' ? 1 : -1;
    const inOrder = keyed.sort(
      (a, b) => direction * compareText(a.key, b.key) || compareText(a.createdKey, b.createdKey),
    );
    const position = inOrder[Math.floor((inOrder.length * hundredth) / 100)];
    if (position === undefined) throw new Error('The tenant is empty');
    const caller = exampleAccessToken({ id: accessTokenId });
    const scope = { caller, list: ['getProfileRange', tenant.name, sortBy, sortOrder] };
    return { path: '/profile/range', query: { sortBy, sortOrder, count: '50', cursor: sealPosition(position, scope) } };
  };
}

const pages = (['email', 'attributes.rank'] as const).flatMap((sortBy) =>
  (['ASC', 'DESC'] as const).flatMap((order) =>
    hundredths.map((hundredth): readonly [string, Read] => [
      `range, 50 by ${sortBy === 'email' ? 'e-mail' : 'an indexed attribute'} ${order}, behind ${hundredth} %`,
      pageBehind(sortBy, order, hundredth),
    ]),
  ),
);

/** Requests whose cost is worth knowing, by what they are called in the tables. */
export const tenantReads: Readonly<Record<string, Read>> = {
  count: always('/profile/count'),
  'range, first 50': always('/profile/range', { start: '0', count: '50' }),
  'range, 50 from the middle': ({ places }) => ({
    path: '/profile/range',
    query: { start: String(Math.floor(places.length / 2)), count: '50' },
  }),
  'range, 50 sorted by username': always('/profile/range', {
    sortBy: 'username',
    sortOrder: 'ASC',
    start: '0',
    count: '50',
  }),
  'range, 50 sorted by e-mail': always('/profile/range', {
    sortBy: 'email',
    sortOrder: 'ASC',
    start: '0',
    count: '50',
  }),
  'range, 50 sorted by an attribute, not indexed': always('/profile/range', {
    sortBy: 'attributes.city',
    sortOrder: 'ASC',
    start: '0',
    count: '50',
  }),
  'by role, at most 1,000 have it': ({ places }) => ({
    path: '/profile/by_role',
    query: { role: largestRoleOf(places.length), attributesToReturn: '$none' },
  }),
  'by an indexed attribute, at most 1,000 have it': ({ places }) => ({
    path: '/profile/by_attribute_value',
    query: { attributeName: 'team', attributeValue: largestRoleOf(places.length), attributesToReturn: '$none' },
  }),
  'query: username equal': always('/profile/one_by_query', { query: "{username: 'user50'}" }),
  'query: e-mail equal': always('/profile/by_query', { query: "{email: 'user50@example.com'}" }),
  'query: username pattern, 50': always('/profile/by_query', {
    query: "{username: {$regex: '^user5'}}",
    start: '0',
    count: '50',
  }),
  'query: attribute equal, not indexed, all': always('/profile/count_by_query', { query: "{attributes.city: 'C7'}" }),
  ...Object.fromEntries(pages),
};

const FEWEST = 100;
const MOST_IN_ROLE = 1000;

/** The role that, once the tenant has so many profiles, every one of them has, or 1,000 that are spread over it. */
const largestRoleOf = (size: number) => `OF_${size}`;

/** The role that one in a hundred has. */
export const roleOfHundreds = largestRoleOf(100 * MOST_IN_ROLE);

/** Sizes at which roles are given: 100, 1,000 and so on. */
const sizes = Array.from({ length: 5 }, (_, power) => FEWEST * 10 ** power);
const rolesOf = (number: number) =>
  sizes.filter((size) => number < size && number % Math.max(1, size / MOST_IN_ROLE) === 0).map(largestRoleOf);

/** Three in ten have none, one in ten has the same as others. */
const rankOf = (number: number): number | undefined => (number % 10 < 3 ? undefined : number % 10 === 3 ? 5 : number);

function profileOf(tenant: Tenant, number: number) {
  const rank = rankOf(number);
  const roles = rolesOf(number);
  const attributes = asAttributes([
    ['city', `C${number % 50}`],
    ['team', roles],
    ...(rank === undefined ? [] : [['rank', rank] as const]),
  ]);
  const username = `user${number}`;
  const wanted = { username, email: `${username}@example.com`, enabled: true, roles, attributes };
  return newProfile(tenant, wanted, wireLines['3.1'], 1_700_000_000_000 + number);
}

async function putAll(items: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const batches = [...batchesOf(items, BATCH)];
  const writer = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const writes = batch.map((Item) => ({ PutRequest: { Item } }));
      await documentClient().send(new BatchWriteCommand({ RequestItems: { [localTableNames().profiles]: writes } }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

/** Stores profiles until the tenant has so many, past the API. */
export async function growTo({ tenant, places }: GrowingTenant, size: number): Promise<void> {
  const fields = indexedFieldsOf(tenant);
  while (places.length < size) {
    const items: Readonly<Record<string, unknown>>[] = [];
    for (const upTo = Math.min(size, places.length + PORTION); places.length < upTo; ) {
      const profile = profileOf(tenant, places.length);
      const rank = valueKeyOf(profile.attributes.get('rank')?.value);
      places.push({ key: '', createdKey: createdKeyOf(profile), email: profile.email, rank });
      items.push(
        profileToItem(profile),
        credentialsToItem(newCredentials(profile, undefined)),
        usernameToItem(profile),
        ...[...entryKeysOf({ profile, fields }).values()].map((key) => ({ ...key })),
      );
    }
    await putAll(items);
  }
}

/** An empty tenant and an access token for it. */
export async function seedGrowingTenant(api: LocalApi): Promise<GrowingTenant> {
  await api.seedAccessToken({ id: accessTokenId });
  const indexed = { metadata: { indexed: true } };
  const attributeDefinitions = [definition('city'), definition('team', indexed), definition('rank', indexed)];
  const tenant = await api.seedTenant({ name: 'growing', cleanseAttributes: false, attributeDefinitions, shards: 1 });
  return { tenant, places: [] };
}

/** The request of this name to the tenant as it is. */
export function tenantRead(name: string, growing: GrowingTenant) {
  const read = tenantReads[name];
  if (read === undefined) throw new Error(`There is no request ${name}`);
  const { path, query } = read(growing);
  return { path, query: { accessTokenId, tenantName: growing.tenant.name, ...query } };
}
