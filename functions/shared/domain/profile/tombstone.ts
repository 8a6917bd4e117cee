import type { Profile } from './profile.ts';

/** What the deletion of a profile works with. */
export interface TombstoneStore {
  /** Puts a tombstone in the place of a profile; false where it is gone, or another one than was read. */
  buryProfile(profile: Profile, tombstone: { listed: boolean; atMs: number }): Promise<boolean>;
  deleteAttachmentsOf(profileId: string): Promise<void>;
  deleteTombstone(profileId: string): Promise<void>;
}

/**
 * What follows once a profile is buried, whoever deletes it: its attachments go, and at last the tombstone, by which a deletion that was cut short
 * is found again.
 */
export async function clearTombstone(
  store: Pick<TombstoneStore, 'deleteAttachmentsOf' | 'deleteTombstone'>,
  profileId: string,
): Promise<void> {
  await store.deleteAttachmentsOf(profileId);
  await store.deleteTombstone(profileId);
}
