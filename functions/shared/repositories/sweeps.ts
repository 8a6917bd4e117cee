import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { createdKeyFrom } from '../domain/profile/created-key.ts';
import { everyIndexPart, type IndexParts } from '../domain/sweep/index-partitions.ts';
import type { PageStart, PurgePlace, SweepPass } from '../domain/sweep/pass.ts';
import type { ProfileSweep, Sweep, TenantSweep } from '../domain/sweep/sweep.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { type Key, profileIdOf, profileSweepKey, profilesTable, sweepKey } from './dynamodb/keys.ts';
import { inPartition, queryItems, queryPage, type StoredItem } from './dynamodb/reads.ts';
import { addedLater, everyFieldOf } from './dynamodb/stored.ts';
import { type TransactionItem, transact, type UpdateItem, updateIf } from './dynamodb/writes.ts';

const sweepPass = everyFieldOf<SweepPass>()({
  scope: z.enum(['all', 'recent', 'left', 'purge']),
  version: z.number(),
  beganAtMs: z.number(),
  after: z.optional(z.string()),
  dueAtMs: z.number(),
  found: z.boolean(),
  left: addedLater(z.array(z.string()), []),
  place: z.optional(
    everyFieldOf<PurgePlace>()({ field: z.string(), shard: z.number(), after: z.optional(z.string()) }),
  ),
});

const tenantSweepItem = everyFieldOf<Omit<TenantSweep, 'tenantId'> & Pick<Key, 'sk'>>()({
  sk: z.string(),
  tenant: z.string(),
  kind: z.enum(['settle', 'delete']),
  index: z.optional(everyFieldOf<IndexParts>()({ fields: z.array(z.string()), shards: z.number() })),
  openedAtMs: z.optional(z.number()),
  revision: z.string(),
  pass: z.optional(sweepPass),
});

const profileSweepItem = everyFieldOf<ProfileSweep>()({
  id: z.string(),
  profileId: z.string(),
  kind: z.literal('clear'),
  openedAtMs: z.number(),
  revision: z.string(),
});

const sweepItem = z.discriminatedUnion('kind', [tenantSweepItem, profileSweepItem]);

function sweepOf(item: StoredItem): Sweep {
  const parsed = z.parse(sweepItem, item);
  if (parsed.kind === 'clear') return parsed;
  const { sk, ...sweep } = parsed;
  return { tenantId: sk, ...sweep };
}

/**
 * Opens the sweep of a tenant's change. One that is under way goes on to its end and then begins anew for what it has not carried out, so that
 * frequent changes cannot keep it from ever coming to an end.
 */
export const openSettling = (tenant: Tenant): TransactionItem => ({
  Update: {
    TableName: profilesTable(),
    Key: sweepKey(tenant.id),
    UpdateExpression: 'SET #tenant = :tenant, #kind = :kind, #revision = :revision',
    ExpressionAttributeNames: { '#tenant': 'tenant', '#kind': 'kind', '#revision': 'revision' },
    ExpressionAttributeValues: { ':tenant': tenant.name, ':kind': 'settle', ':revision': randomUUID() },
  },
});

/** Opens the sweep of a deleted tenant, in place of one of its changes. */
export const openDeletion = (tenant: Tenant, atMs: number): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: {
      ...sweepKey(tenant.id),
      tenant: tenant.name,
      kind: 'delete',
      index: everyIndexPart(tenant),
      openedAtMs: atMs,
      revision: randomUUID(),
    },
  },
});

const putClearing = (id: string, profileId: string, openedAtMs: number) => ({
  TableName: profilesTable(),
  Item: { ...profileSweepKey(id), id, profileId, kind: 'clear', openedAtMs, revision: randomUUID() },
});

/** Opens what is left to do of a profile that is buried. */
export const openClearing = (profileId: string, buriedAtMs: number): TransactionItem => ({
  Put: putClearing(profileId, profileId, buriedAtMs),
});

/** Closes that, also where it was never opened. */
export const closeClearing = (profileId: string): TransactionItem => ({
  Delete: { TableName: profilesTable(), Key: profileSweepKey(profileId) },
});

/** Opens what an upload may have left of a profile that is gone, or will be; the profile's own deletion does not close it. */
export async function reportLeftover(profileId: string, atMs: number): Promise<void> {
  await transact({ sweep: { Put: putClearing(randomUUID(), profileId, atMs) } });
}

const asRead = (sweep: Sweep) => ({
  TableName: profilesTable(),
  Key: sweep.kind === 'clear' ? profileSweepKey(sweep.id) : sweepKey(sweep.tenantId),
  ConditionExpression: '#revision = :read',
});

/** The sweep with how far it is now, on condition that it is as it was read. */
export const sweepUpdate = (sweep: Sweep, pass: SweepPass | undefined): UpdateItem => ({
  ...asRead(sweep),
  UpdateExpression: `SET #revision = :revision${pass === undefined ? ' REMOVE #pass' : ', #pass = :pass'}`,
  ExpressionAttributeNames: { '#revision': 'revision', '#pass': 'pass' },
  ExpressionAttributeValues: { ':read': sweep.revision, ':revision': randomUUID(), ':pass': pass },
});

/** The end of a sweep, on the same condition. */
export const closing = (sweep: Sweep): TransactionItem => ({
  Delete: {
    ...asRead(sweep),
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':read': sweep.revision },
  },
});

/** Every sweep that is open. */
export async function listSweeps(): Promise<readonly Sweep[]> {
  const items = await queryItems(inPartition(profilesTable(), sweepKey('').pk));
  return items.map(sweepOf);
}

/** False where somebody else has saved, opened or closed it meanwhile. */
export const saveSweep = async (sweep: Sweep, pass: SweepPass | undefined): Promise<boolean> =>
  (await updateIf(sweepUpdate(sweep, pass))) !== undefined;

/** False where somebody else has opened, saved or closed it meanwhile. */
export const closeSweep = async (sweep: Sweep): Promise<boolean> =>
  (await transact({ sweep: closing(sweep) })).size === 0;

const indexKeys = z.array(z.object({ pk: z.string(), createdKey: z.string() }));

/** Sorts before every key of the index. */
const BEFORE_ALL = ' ';

/**
 * Ids of a tenant's profiles, tombstones of its deletion included, in the order of their creation; with the place to go on behind, or none at the
 * end. The index follows a write by milliseconds.
 */
export async function listSweepPage(
  tenantId: string,
  { after, sinceMs }: PageStart,
  limit: number,
): Promise<{ ids: readonly string[]; next: string | undefined }> {
  const start = after ?? (sinceMs === undefined ? BEFORE_ALL : createdKeyFrom(sinceMs));
  const { items, next } = await queryPage({
    TableName: profilesTable(),
    IndexName: 'byTenant',
    KeyConditionExpression: 'tenantId = :tenantId AND createdKey > :after',
    ExpressionAttributeValues: { ':tenantId': tenantId, ':after': start },
    Limit: limit,
  });
  const keys = z.parse(indexKeys, items);
  return { ids: keys.map(({ pk }) => profileIdOf(pk)), next: next && keys.at(-1)?.createdKey };
}

/** What each intent calls. */
export const calls = {
  listSweeps: ['Query sweep'],
  saveSweep: ['UpdateItem sweep', 'Get sweep'],
  closeSweep: ['DeleteItem sweep'],
  reportLeftover: ['PutItem sweep'],
  listSweepPage: ['Query byTenant'],
} as const satisfies CallsByIntent;
