import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { profileIdOf, profilesTable } from './dynamodb/keys.ts';
import { countPages, queryPages } from './dynamodb/reads.ts';

/** The index follows a write by milliseconds and holds keys only: bodies are read and checked by whoever lists. */
const ofTenant = (tenantId: string): QueryCommandInput => ({
  TableName: profilesTable(),
  IndexName: 'byTenant',
  KeyConditionExpression: 'tenantId = :tenantId',
  ExpressionAttributeValues: { ':tenantId': tenantId },
});

const profileKeys = z.array(z.object({ pk: z.string() }));

async function* listIds(input: QueryCommandInput, firstPage?: number): AsyncGenerator<readonly string[]> {
  for await (const page of queryPages(input, firstPage))
    yield z.parse(profileKeys, page).map(({ pk }) => profileIdOf(pk));
}

/** Ids of a tenant's profiles in the order of their creation; the first page holds `firstPage` at most, where a caller needs no more. */
export const listIdsByCreation = (tenantId: string, firstPage?: number): AsyncGenerator<readonly string[]> =>
  listIds(ofTenant(tenantId), firstPage);

/** How many profiles a tenant has, page by page. */
export const countByTenant = (tenantId: string): AsyncGenerator<number> => countPages(ofTenant(tenantId));

/** What each intent calls. */
export const calls = {
  listIdsByCreation: ['Query byTenant'],
  countByTenant: ['Query byTenant'],
} as const satisfies CallsByIntent;
