import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { profileIdOf, profilesTable } from './dynamodb/keys.ts';
import { countPages, queryPages } from './dynamodb/reads.ts';
import { emailKeyOf } from './profiles.ts';

/** Indexes follow a write by milliseconds and hold keys only: bodies are read and checked by whoever lists. */
const inIndex = (
  index: 'byTenant' | 'byUsername' | 'byEmail',
  partitionKey: string,
  value: string,
): QueryCommandInput => ({
  TableName: profilesTable(),
  IndexName: index,
  KeyConditionExpression: '#partition = :partition',
  ExpressionAttributeNames: { '#partition': partitionKey },
  ExpressionAttributeValues: { ':partition': value },
});

const ofTenant = (tenantId: string) => inIndex('byTenant', 'tenantId', tenantId);

const profileKeys = z.array(z.object({ pk: z.string() }));
const usernameKeys = z.array(z.object({ pk: z.string(), username: z.string() }));

async function* listIds(input: QueryCommandInput, firstPage?: number): AsyncGenerator<readonly string[]> {
  for await (const page of queryPages(input, firstPage))
    yield z.parse(profileKeys, page).map(({ pk }) => profileIdOf(pk));
}

/** Ids of a tenant's profiles in the order of their creation; the first page holds `firstPage` at most, where a caller needs no more. */
export const listIdsByCreation = (tenantId: string, firstPage?: number): AsyncGenerator<readonly string[]> =>
  listIds(ofTenant(tenantId), firstPage);

/** Ids of the profiles of an e-mail address in any letter case, in the order of their creation. */
export const listIdsByEmail = (tenantId: string, email: string): AsyncGenerator<readonly string[]> =>
  listIds(inIndex('byEmail', 'emailKey', emailKeyOf(tenantId, email)));

/** Ids and usernames of a tenant's profiles, in the order of the usernames' UTF-8 bytes. */
export async function* listUsernames(
  tenantId: string,
  order: 'ASC' | 'DESC' = 'ASC',
  firstPage?: number,
): AsyncGenerator<readonly { id: string; username: string }[]> {
  const input = { ...inIndex('byUsername', 'tenantId', tenantId), ScanIndexForward: order === 'ASC' };
  for await (const page of queryPages(input, firstPage))
    yield z.parse(usernameKeys, page).map(({ pk, username }) => ({ id: profileIdOf(pk), username }));
}

/** How many profiles a tenant has, page by page. */
export const countByTenant = (tenantId: string): AsyncGenerator<number> => countPages(ofTenant(tenantId));

/** What each intent calls. */
export const calls = {
  listIdsByCreation: ['Query byTenant'],
  listIdsByEmail: ['Query byEmail'],
  listUsernames: ['Query byUsername'],
  countByTenant: ['Query byTenant'],
} as const satisfies CallsByIntent;
