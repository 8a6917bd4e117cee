import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { AccessToken, TenantPermission } from '../domain/access/access-token.ts';
import { accessTokenKey, type Key, tokensTable } from './dynamodb/keys.ts';
import { getItem, inPartition, queryAnswer, type StoredItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, putNew } from './dynamodb/writes.ts';

const tenantPermission = everyFieldOf<TenantPermission>()({
  tenant: z.string(),
  allowedActions: z.nullable(z.array(z.string())),
});

const accessTokenItem = everyFieldOf<Omit<AccessToken, 'id'> & Pick<Key, 'sk'>>()({
  sk: z.string(),
  application: z.nullable(z.string()),
  master: z.boolean(),
  tenantPermissions: z.array(tenantPermission),
  expiresOnMs: z.nullable(z.number()),
  createdAtMs: z.number(),
});

function accessTokenOf(item: StoredItem): AccessToken {
  const { sk, ...token } = z.parse(accessTokenItem, item);
  return { id: sk, ...token };
}

/** Keys and values as they are stored. */
export function accessTokenToItem({ id, ...token }: AccessToken) {
  return { ...accessTokenKey(id), ...token };
}

/** Undefined where there is none; whether it has expired is the caller's to judge. */
export async function findAccessToken(id: string): Promise<AccessToken | undefined> {
  const item = await getItem(tokensTable(), accessTokenKey(id));
  return item && accessTokenOf(item);
}

/** Every access token, in the order of creation; 400 `OTHER` where they are more than an answer can hold. */
export async function listAccessTokens(): Promise<readonly AccessToken[]> {
  const everyToken = inPartition(tokensTable(), accessTokenKey('').pk);
  const items = await queryAnswer(everyToken, ({ tenantPermissions }) => JSON.stringify(tenantPermissions));
  return items.map(accessTokenOf).sort((a, b) => a.createdAtMs - b.createdAtMs);
}

/** False where the id is taken. */
export const createAccessToken = (token: AccessToken): Promise<boolean> =>
  putNew(tokensTable(), accessTokenToItem(token));

/** Also where there is none. */
export const deleteAccessToken = (id: string): Promise<void> => deleteItem(tokensTable(), accessTokenKey(id));

/** What each intent calls. */
export const calls = {
  findAccessToken: ['Get accessToken'],
  listAccessTokens: ['Query accessToken'],
  createAccessToken: ['PutItem accessToken'],
  deleteAccessToken: ['DeleteItem accessToken'],
} as const satisfies CallsByIntent;
