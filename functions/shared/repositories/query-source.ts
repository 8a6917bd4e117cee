import { listAddressPage, listCreationPage, listEmailPage, listEntryPage, listUsernamePage } from './index-reads.ts';
import { listIdsByCreation } from './profile-lists.ts';
import { findProfiles } from './profiles.ts';
import { findUsername } from './usernames.ts';

/** The intents by which queries find profiles: every index, because the query says which one is read. */
export const querySource = {
  findUsername,
  findProfiles,
  listIdsByCreation,
  listCreationPage,
  listUsernamePage,
  listEmailPage,
  listAddressPage,
  listEntryPage,
};
