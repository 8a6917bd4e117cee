import { redoRefused } from '../concurrency/redo-refused.ts';
import type { Profile } from '../profile/profile.ts';
import { clearTombstone, type TombstoneStore } from '../profile/tombstone.ts';
import { doEach, type PageOutcome, type PageStore } from './each-profile.ts';

/** What the deletion of a tenant's profiles works with. */
export interface DeletionStore extends TombstoneStore, PageStore {
  /** Puts a tombstone in the place of a profile; false where it is gone, or another one than was read. */
  buryOrphan(profile: Profile, atMs: number): Promise<boolean>;
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

/** Deletes the profiles of a page; found is one that was there. */
export const deletePage = (store: DeletionStore, tenantId: string, ids: readonly string[]): Promise<PageOutcome> =>
  doEach(store, ids, (id, read) => deleteOrphan(store, tenantId, id, read));
