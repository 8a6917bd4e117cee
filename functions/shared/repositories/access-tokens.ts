import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { AccessToken, TenantPermission } from '../domain/access/access-token.ts';
import { headsAndBodies, type Whole } from './dynamodb/head-and-body.ts';
import { accessTokenBodyKey, accessTokenKey, isPossible, type Key, tokensTable } from './dynamodb/keys.ts';
import { inPartition, queryItems, type StoredItem } from './dynamodb/reads.ts';
import { everyFieldOf, jsonText } from './dynamodb/stored.ts';
import { putNew, type TransactionItem, transact } from './dynamodb/writes.ts';

const tenantPermission = everyFieldOf<TenantPermission>()({
  tenant: z.string(),
  allowedActions: z.nullable(z.array(z.string())),
});
type Permissions = AccessToken['tenantPermissions'];

const accessTokenHead = everyFieldOf<Omit<AccessToken, 'id' | 'tenantPermissions'> & Pick<Key, 'sk'>>()({
  sk: z.string(),
  application: z.nullable(z.string()),
  master: z.boolean(),
  expiresOnMs: z.nullable(z.number()),
  createdAtMs: z.number(),
});
const inHead = everyFieldOf<Pick<AccessToken, 'tenantPermissions'>>()({ tenantPermissions: z.array(tenantPermission) });
const inBody = everyFieldOf<Pick<AccessToken, 'tenantPermissions'>>()({
  tenantPermissions: jsonText(z.array(tenantPermission)),
});

function accessTokenOf({ head, body }: Whole<Permissions>): AccessToken {
  const { sk, ...token } = z.parse(accessTokenHead, head);
  return { id: sk, ...token, tenantPermissions: body ?? z.parse(inHead, head).tenantPermissions };
}

/** Permissions up to this size stay in the head, which with them is still one read unit. */
const PERMISSIONS_IN_HEAD_BYTES = 2048;
const CACHE_BYTES = 8 * 1024 * 1024;

const textOf = ({ tenantPermissions = '' }: StoredItem) =>
  typeof tenantPermissions === 'string' ? tenantPermissions : JSON.stringify(tenantPermissions);

const accessTokens = headsAndBodies<Permissions>({
  table: tokensTable,
  headKey: accessTokenKey,
  bodyKey: accessTokenBodyKey,
  bodyOf: (item) => z.parse(inBody, item).tenantPermissions,
  textOf,
  // Few tokens have one, and a read of what is not there costs a unit, too.
  bodyAtOnce: false,
  cacheBytes: CACHE_BYTES,
});

/** The items as they are stored: a head, which holds everything where that is small, and else a body. */
export function accessTokenToItems({ id, tenantPermissions, ...token }: AccessToken) {
  const head = { ...accessTokenKey(id), ...token };
  const text = JSON.stringify(tenantPermissions);
  if (Buffer.byteLength(text) <= PERMISSIONS_IN_HEAD_BYTES) return { head: { ...head, tenantPermissions } };
  const bodyVersion = randomUUID();
  return {
    head: { ...head, bodyVersion },
    body: { ...accessTokenBodyKey(id), bodyVersion, tenantPermissions: text },
  };
}

/** Undefined where there is none; whether it has expired is the caller's to judge. */
export async function findAccessToken(id: string): Promise<AccessToken | undefined> {
  const whole = await accessTokens.find(id);
  return whole && accessTokenOf(whole);
}

/** Every access token, in the order of creation; 400 `OTHER` where they are more than an answer can hold. */
export async function listAccessTokens(): Promise<readonly AccessToken[]> {
  const wholes = await accessTokens.list();
  return wholes.map(accessTokenOf).sort((a, b) => a.createdAtMs - b.createdAtMs);
}

const ends = z.array(z.pick(accessTokenHead, { expiresOnMs: true, createdAtMs: true }));

/** When each access token was made and when it ends, however many they are. */
export const listTokenEnds = async (): Promise<readonly Pick<AccessToken, 'expiresOnMs' | 'createdAtMs'>[]> =>
  z.parse(
    ends,
    await queryItems({
      ...inPartition(tokensTable(), accessTokenKey('').pk),
      ProjectionExpression: 'expiresOnMs, createdAtMs',
    }),
  );

/** The parts of a transaction that stores a token whose id was free. */
export function newAccessTokenItems(token: AccessToken): Readonly<Record<string, TransactionItem>> {
  noteChange({ accessTokenId: token.id }, ['accessToken']);
  const { head, body } = accessTokenToItems(token);
  const put = { TableName: tokensTable(), Item: head, ConditionExpression: 'attribute_not_exists(pk)' };
  return { token: { Put: put }, ...(body && { tokenBody: { Put: { TableName: tokensTable(), Item: body } } }) };
}

/** False where the id is taken. */
export function createAccessToken(token: AccessToken): Promise<boolean> {
  noteChange({ accessTokenId: token.id }, ['accessToken']);
  const { head, body } = accessTokenToItems(token);
  return putNew(tokensTable(), head, body && [{ Put: { TableName: tokensTable(), Item: body } }]);
}

/**
 * Stores a token that takes the place of another one, which ends at that time (epoch milliseconds), both or neither; false where the other one is gone, or
 * another one is under its id.
 */
export async function replaceAccessToken(old: AccessToken, token: AccessToken, endsAtMs: number): Promise<boolean> {
  noteChange({ accessTokenId: old.id, replacedTokenId: old.id }, ['accessToken']);
  const failed = await transact<string>({
    ...newAccessTokenItems(token),
    old: {
      Update: {
        TableName: tokensTable(),
        Key: accessTokenKey(old.id),
        UpdateExpression: 'SET expiresOnMs = :ends',
        ConditionExpression: 'attribute_exists(pk) AND createdAtMs = :created',
        ExpressionAttributeValues: { ':ends': endsAtMs, ':created': old.createdAtMs },
      },
    },
  });
  return failed.size === 0;
}

/** Also where there is none. */
export async function deleteAccessToken(id: string): Promise<void> {
  if (!isPossible(accessTokenKey(id))) return;
  noteChange({ accessTokenId: id }, ['accessToken']);
  await transact({
    token: { Delete: { TableName: tokensTable(), Key: accessTokenKey(id) } },
    body: { Delete: { TableName: tokensTable(), Key: accessTokenBodyKey(id) } },
  });
}

/** What each intent calls. */
export const calls = {
  findAccessToken: ['Get accessToken', 'Get accessTokenBody'],
  listAccessTokens: ['Query accessToken', 'Query accessTokenBody', 'Get accessToken', 'Get accessTokenBody'],
  listTokenEnds: ['Query accessToken'],
  createAccessToken: ['PutItem accessToken', 'PutItem accessTokenBody'],
  replaceAccessToken: ['PutItem accessToken', 'PutItem accessTokenBody', 'UpdateItem accessToken'],
  deleteAccessToken: ['DeleteItem accessToken', 'DeleteItem accessTokenBody'],
} as const satisfies CallsByIntent;
