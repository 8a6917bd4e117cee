import { inParallel } from '../concurrency/in-parallel.ts';
import { redoRefused } from '../concurrency/redo-refused.ts';
import type { Profile } from '../profile/profile.ts';
import { clearTombstone, type TombstoneStore } from '../profile/tombstone.ts';

const PARALLEL = 25;

/** What the deletion of a tenant's profiles works with. */
export interface DeletionStore extends TombstoneStore {
  /** Puts a tombstone in the place of a profile; false where it is gone, or another one than was read. */
  buryOrphan(profile: Profile, atMs: number): Promise<boolean>;
  findProfile(id: string): Promise<Profile | undefined>;
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
}

/**
 * Deletes a profile of a tenant that is gone; its tombstone stays listed until the very end, so that a deletion cut short is found again. False for
 * one that belongs to another tenant by now.
 */
async function deleteOrphan(store: DeletionStore, tenantId: string, id: string, read: Profile | undefined) {
  const outcome = await redoRefused(
    read,
    async (profile) => {
      if (profile.tenantId !== tenantId) return 'another';
      return (await store.buryOrphan(profile, Date.now())) ? 'buried' : undefined;
    },
    () => store.findProfile(id),
  );
  if (outcome === 'another') return false;
  await clearTombstone(store, id);
  return true;
}

/** Deletes the profiles of a page; true where there was one. */
export async function deletePage(store: DeletionStore, tenantId: string, ids: readonly string[]): Promise<boolean> {
  const profiles = new Map((await store.findProfiles(ids)).map((profile) => [profile.id, profile]));
  const deleted = await inParallel(ids, PARALLEL, (id) => deleteOrphan(store, tenantId, id, profiles.get(id)));
  return deleted.includes(true);
}
