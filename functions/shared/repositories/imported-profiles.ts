import { noteProfiles } from '../audit/tally.ts';
import { oneAfterAnother } from '../domain/concurrency/one-after-another.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { itemBytes } from './dynamodb/item-bytes.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { type NewProfile, newProfileParts } from './new-profiles.ts';
import { unchangedTenant } from './tenants.ts';

/** What became of profiles that were to be stored: all others are. */
export interface ImportOutcome {
  /** By the profile's id: what of it somebody else has. */
  readonly taken: ReadonlyMap<string, 'id' | 'username'>;
  /** Nothing of these is stored: the tenant is not any more the one that they were made for. */
  readonly overtaken: readonly NewProfile[];
}

/** A transaction takes 100 items and 4 MB; one of them is the look at the tenant. */
const BATCH_ITEMS = 99;
const BATCH_BYTES = 3_000_000;

type Parts = Readonly<Record<string, TransactionItem>>;

interface Prepared {
  readonly created: NewProfile;
  readonly parts: Parts;
  readonly count: number;
  readonly bytes: number;
}

function prepare(created: NewProfile): Prepared {
  const parts: Parts = newProfileParts(created);
  const all = Object.values(parts);
  const bytes = all.reduce((sum, { Put }) => sum + itemBytes(Put?.Item ?? {}), 0);
  return { created, parts, count: all.length, bytes };
}

/** Batches that a transaction can hold, made when they are asked for. */
function* transactionsOf(all: readonly NewProfile[]): Generator<readonly Prepared[]> {
  let batch: Prepared[] = [];
  let [count, bytes] = [0, 0];
  for (const created of all) {
    const one = prepare(created);
    if (batch.length > 0 && (count + one.count > BATCH_ITEMS || bytes + one.bytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      [count, bytes] = [0, 0];
    }
    batch.push(one);
    count += one.count;
    bytes += one.bytes;
  }
  if (batch.length > 0) yield batch;
}

const isPart = (name: string, at: number, part: string) => name === `${at} ${part}`;

/** Stores what can be of a batch; what fails is left out of the next try. */
async function importBatch(tenant: Tenant, batch: readonly Prepared[], taken: Map<string, 'id' | 'username'>) {
  let open = batch;
  while (open.length > 0) {
    const items = open.flatMap(({ parts }, at) =>
      Object.entries(parts).map(([part, item]) => [`${at} ${part}`, item] as const),
    );
    const failed = await transact<string>({ ...Object.fromEntries(items), tenant: unchangedTenant(tenant) });
    if (failed.size === 0) break;
    if (failed.has('tenant')) return open.map(({ created }) => created);
    const failedAt = new Set([...failed].map((name) => Number.parseInt(name, 10)));
    open.forEach(({ created }, at) => {
      if (!failedAt.has(at)) return;
      const isTaken = [...failed].some((name) => isPart(name, at, 'profile') || isPart(name, at, 'credentials'));
      taken.set(created.profile.id, isTaken ? 'id' : 'username');
    });
    open = open.filter((_, at) => !failedAt.has(at));
  }
  return [];
}

/**
 * Stores many new profiles of a tenant, each whole or not at all, so many transactions at a time, and only while the tenant is as it was read. No name or id that
 * somebody has is taken; a name that is left over from an earlier tenant of the same name is.
 */
export async function importProfiles(tenant: Tenant, all: readonly NewProfile[], atATime = 1): Promise<ImportOutcome> {
  const taken = new Map<string, 'id' | 'username'>();
  noteProfiles(tenant.name, all.length, new Set(all.flatMap(({ profile }) => [...profile.attributes.keys()])));
  const overtaken: NewProfile[] = [];
  await oneAfterAnother(transactionsOf(all), atATime, async (batch) => {
    overtaken.push(...(await importBatch(tenant, batch, taken)));
  });
  return { taken, overtaken };
}
