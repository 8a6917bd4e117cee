/** How what is left of a buried profile goes. */
export interface TombstoneStore {
  deleteAttachmentsOf(profileId: string): Promise<void>;
  deleteTombstone(profileId: string): Promise<void>;
}

/**
 * What follows once a profile is buried, whoever deletes it: its attachments go, and at last the tombstone, by which a deletion that was cut short
 * is found again.
 */
export async function clearTombstone(store: TombstoneStore, profileId: string): Promise<void> {
  await store.deleteAttachmentsOf(profileId);
  await store.deleteTombstone(profileId);
}
