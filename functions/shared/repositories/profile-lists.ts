import type { CallsByIntent } from '../config/calls.ts';
import { profileIdOf, profilesTable } from './dynamodb/keys.ts';
import { queryManyItems } from './dynamodb/many-reads.ts';
import type { RawItem } from './dynamodb/raw-answers.ts';
import { countPages } from './dynamodb/reads.ts';

/** The index follows a write by milliseconds and holds keys only: bodies are read and checked by whoever lists. */
const ofTenant = (tenantId: string) => ({
  TableName: profilesTable(),
  IndexName: 'byTenant',
  KeyConditionExpression: 'tenantId = :tenantId',
  ExpressionAttributeValues: { ':tenantId': tenantId },
});

function idOf({ pk }: RawItem): string {
  if (pk?.S === undefined) throw new Error('A key of the index is none');
  return profileIdOf(pk.S);
}

/** Ids of a tenant's profiles in the order of their creation; the first page holds `firstPage` at most, where a caller needs no more. */
export async function* listIdsByCreation(tenantId: string, firstPage?: number): AsyncGenerator<readonly string[]> {
  const input = { ...ofTenant(tenantId), ExpressionAttributeValues: { ':tenantId': { S: tenantId } } };
  for await (const page of queryManyItems(input, firstPage)) yield page.map(idOf);
}

/** How many profiles a tenant has, page by page. */
export const countByTenant = (tenantId: string): AsyncGenerator<number> => countPages(ofTenant(tenantId));

/** What each intent calls. */
export const calls = {
  listIdsByCreation: ['Query byTenant'],
  countByTenant: ['Query byTenant'],
} as const satisfies CallsByIntent;
