import { inParallel } from '../concurrency/in-parallel.ts';
import { redoRefused } from '../concurrency/redo-refused.ts';
import { asIndexed, type IndexedProfile } from '../profile/indexed-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { PageStore } from './each-profile.ts';
import { type IndexPartition, type IndexParts, isFrom, partitionsOf } from './index-partitions.ts';
import type { PurgePlace, SweepPass } from './pass.ts';

const PAGE_SIZE = 100;
const PARALLEL = 25;
/** Most are empty: so many of them are one step. */
const PARTITIONS_AT_ONCE = 25;

/** What the index holds at one place of one profile. */
export interface StoredEntry {
  readonly profileId: string;
  /** Where it stands, in the store's own words. */
  readonly place: string;
}

/** How entries are found, and deleted where nobody has them. */
export interface PurgingStore extends PageStore {
  listEntries(
    tenantId: string,
    partition: IndexPartition,
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly entries: readonly StoredEntry[]; readonly next: string | undefined }>;
  /**
   * Deletes an entry that its profile does not have, as the profile was read, or that is nobody's, where there was none; false where somebody has
   * written to the profile, made it or taken it away meanwhile.
   */
  deleteEntry(entry: StoredEntry, owner: IndexedProfile | undefined): Promise<boolean>;
}

/** What is read of an entry's profile. */
interface Owner {
  readonly profile: Profile | undefined;
}

/** Deletes one entry, unless its profile has it. Of a tenant that is gone those go whose profiles are, too. */
async function purgeEntry(
  store: PurgingStore,
  tenant: Tenant | undefined,
  entry: StoredEntry,
  read: Owner,
): Promise<void> {
  await redoRefused(
    read,
    async ({ profile }) => {
      if (profile === undefined) return (await store.deleteEntry(entry, undefined)) || undefined;
      if (tenant === undefined) return true;
      const fields = profile.tenantId === tenant.id ? asIndexed(profile, tenant).fields : [];
      return (await store.deleteEntry(entry, { profile, fields })) || undefined;
    },
    async () => ({ profile: await store.findProfile(entry.profileId) }),
  );
}

async function purgeEntries(
  store: PurgingStore,
  tenant: Tenant | undefined,
  entries: readonly StoredEntry[],
): Promise<void> {
  const read = await store.findProfiles(entries.map(({ profileId }) => profileId));
  const profiles = new Map(read.map((profile) => [profile.id, profile]));
  await inParallel(entries, PARALLEL, (entry) =>
    purgeEntry(store, tenant, entry, { profile: profiles.get(entry.profileId) }),
  );
}

/** What is gone through. */
interface Purge {
  readonly tenantId: string;
  /** Undefined where it is gone. */
  readonly tenant: Tenant | undefined;
  readonly parts: IndexParts;
}

/**
 * One step of the way through what is left of a tenant's index: a page of entries at most. Each is judged by its profile and deleted only as long as that
 * stays so: a field that is indexed again by then keeps what profiles have. Undefined at the end.
 */
export async function purgeStep(
  store: PurgingStore,
  { tenantId, tenant, parts }: Purge,
  begin: PurgePlace | undefined,
): Promise<PurgePlace | undefined> {
  const ahead = partitionsOf(parts).filter((partition) => begin === undefined || isFrom(partition, begin));
  for (const [index, partition] of ahead.slice(0, PARTITIONS_AT_ONCE).entries()) {
    const isBegun = begin?.field === partition.field && begin.shard === partition.shard;
    const { entries, next } = await store.listEntries(
      tenantId,
      partition,
      isBegun ? begin.after : undefined,
      PAGE_SIZE,
    );
    if (entries.length === 0) continue;
    await purgeEntries(store, tenant, entries);
    return next === undefined ? ahead[index + 1] : { ...partition, after: next };
  }
  return ahead[PARTITIONS_AT_ONCE];
}

/** The begin of that way behind a pass that has come to its end; undefined where there is nowhere to go. */
export const purgeAfter = (pass: SweepPass, parts: IndexParts): SweepPass | undefined =>
  parts.fields.length * parts.shards === 0 ? undefined : { ...pass, scope: 'purge', after: undefined };
