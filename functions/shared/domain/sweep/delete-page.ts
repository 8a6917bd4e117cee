import type { Profile } from '../profile/profile.ts';
import { anyOf } from './in-parallel.ts';

const PARALLEL = 25;
const ATTEMPTS = 5;

/** What the deletion of a profile works with. */
export interface DeletionStore {
  findProfile(id: string): Promise<Profile | undefined>;
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
  buryProfile(profile: Profile, tombstone: { listed: boolean; atMs: number }): Promise<boolean>;
  deleteAttachmentsOf(profileId: string): Promise<void>;
  deleteTombstone(profileId: string): Promise<void>;
}

/**
 * Deletes a profile of a tenant that is gone; its tombstone stays listed until the very end, so that a deletion cut short is found again. False for
 * one that belongs to another tenant by now.
 */
async function deleteOrphan(store: DeletionStore, tenantId: string, id: string, read: Profile | undefined) {
  let profile = read;
  for (let attempt = 1; profile !== undefined; attempt++) {
    if (profile.tenantId !== tenantId) return false;
    if (attempt > ATTEMPTS) throw new Error('A profile changed at every attempt to delete it');
    if (await store.buryProfile(profile, { listed: true, atMs: Date.now() })) break;
    profile = await store.findProfile(id);
  }
  await store.deleteAttachmentsOf(id);
  await store.deleteTombstone(id);
  return true;
}

/** Deletes the profiles of a page; true where there was one. */
export async function deletePage(store: DeletionStore, tenantId: string, ids: readonly string[]): Promise<boolean> {
  const profiles = new Map((await store.findProfiles(ids)).map((profile) => [profile.id, profile]));
  return anyOf(ids, PARALLEL, (id) => deleteOrphan(store, tenantId, id, profiles.get(id)));
}
