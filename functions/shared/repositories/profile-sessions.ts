import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { Table } from '../config/calls.ts';
import { inParallel } from '../domain/concurrency/in-parallel.ts';
import { type Key, ticketsTable, tokensTable } from './dynamodb/keys.ts';
import { getItems, queryItems } from './dynamodb/reads.ts';
import { deleteItem } from './dynamodb/writes.ts';

/** What stands for a profile, without what would let anybody use it. */
export interface ProfileSession {
  readonly kind: 'ticket' | 'persistentLogin' | 'verificationToken';
  /** Its making, or of a ticket its last use; epoch milliseconds. */
  readonly sinceMs: number;
  /** When the store drops it; epoch seconds. */
  readonly expiresAtSeconds: number;
  /** Of a verification token: what it serves. */
  readonly purposes?: readonly string[] | undefined;
}

const tables: Readonly<Record<Extract<Table, 'tokens' | 'tickets'>, () => string>> = {
  tokens: tokensTable,
  tickets: ticketsTable,
};

const kinds: readonly (readonly [string, ProfileSession['kind']])[] = [
  ['TICKET#', 'ticket'],
  ['PERSISTENT_LOGIN#', 'persistentLogin'],
  ['VERIFICATION#', 'verificationToken'],
];

function kindOf(pk: string): ProfileSession['kind'] {
  const kind = kinds.find(([begin]) => pk.startsWith(begin))?.[1];
  if (kind === undefined)
    throw new Error(`An item of the index byProfile is of no known kind: ${pk.replace(/#.*/s, '#…')}`);
  return kind;
}

const indexed = z.object({ pk: z.string(), sk: z.string() });
const sessionItem = z.object({
  pk: z.string(),
  profileId: z.string(),
  lastRequestTimeMs: z.optional(z.number()),
  timestampMs: z.optional(z.number()),
  expiresAtSeconds: z.number(),
  purposes: z.optional(z.set(z.string())),
});

/** Keys of what stands for a profile in a table. The index follows a write by milliseconds. */
async function keysIn(table: string, profileId: string): Promise<readonly Key[]> {
  const items = await queryItems({
    TableName: table,
    IndexName: 'byProfile',
    KeyConditionExpression: 'profileId = :profileId',
    ExpressionAttributeValues: { ':profileId': profileId },
  });
  return items.map((item) => z.parse(indexed, item));
}

async function sessionsIn(table: string, profileId: string): Promise<readonly ProfileSession[]> {
  const items = await getItems(table, await keysIn(table, profileId));
  return items
    .map((item) => z.parse(sessionItem, item))
    .map(({ pk, lastRequestTimeMs, timestampMs, expiresAtSeconds, purposes }) => ({
      kind: kindOf(pk),
      sinceMs: lastRequestTimeMs ?? timestampMs ?? 0,
      expiresAtSeconds,
      ...(purposes && { purposes: [...purposes].sort() }),
    }));
}

/** Tickets, persistent logins and verification tokens of a profile, also those that are dead and that the store has not dropped yet; oldest first. */
export async function listProfileSessions(profileId: string): Promise<readonly ProfileSession[]> {
  const found = await Promise.all(Object.values(tables).map((table) => sessionsIn(table(), profileId)));
  return found.flat().sort((one, other) => one.sinceMs - other.sinceMs);
}

const PARALLEL_DELETES = 25;

/**
 * Deletes them, and answers how many. One that was made within the last milliseconds may be missed: call it for a profile that makes none any more, whose
 * epochs or absence end what is missed where it lies.
 */
export async function deleteProfileSessions(profileId: string): Promise<number> {
  const found = await Promise.all(
    Object.values(tables).map(async (table) => {
      const keys = await keysIn(table(), profileId);
      return keys.map((key) => ({ table: table(), key }));
    }),
  );
  await inParallel(found.flat(), PARALLEL_DELETES, ({ table, key }) => {
    noteChange({ profileId }, [kindOf(key.pk)]);
    return deleteItem(table, key);
  });
  return found.flat().length;
}
