import {
  createAccessToken,
  deleteAccessToken,
  findAccessToken,
  listAccessTokens,
  replaceAccessToken,
} from '../../../functions/shared/repositories/access-tokens.ts';
import {
  deleteAttachmentsOf,
  findAttachment,
  listAttachments,
  putAttachment,
} from '../../../functions/shared/repositories/attachments.ts';
import { deleteObjects, findObject, listObjects, putObject } from '../../../functions/shared/repositories/bucket.ts';
import {
  countFailedLogin,
  countForNobody,
  findCredentials,
  findManyCredentials,
  findProfileWithCredentials,
  recordLogin,
} from '../../../functions/shared/repositories/credentials.ts';
import {
  endHashNote,
  findFirebaseKeys,
  listHashNotes,
  noteHashKinds,
  saveHashNote,
} from '../../../functions/shared/repositories/hash-notes.ts';
import { redeemToken, storeIdentity } from '../../../functions/shared/repositories/identities.ts';
import { importProfiles } from '../../../functions/shared/repositories/imported-profiles.ts';
import { deleteEntry, listEntries } from '../../../functions/shared/repositories/index-purge.ts';
import {
  listAddressPage,
  listCreationPage,
  listEmailPage,
  listEntryPage,
  listUsernamePage,
} from '../../../functions/shared/repositories/index-reads.ts';
import { bootstrapInstallation } from '../../../functions/shared/repositories/installation.ts';
import { createProfile } from '../../../functions/shared/repositories/new-profiles.ts';
import {
  createPersistentLogin,
  deletePersistentLogin,
  findPersistentLogin,
  replaceLoginToken,
} from '../../../functions/shared/repositories/persistent-logins.ts';
import { countByTenant, listIdsByCreation } from '../../../functions/shared/repositories/profile-lists.ts';
import { deleteProfileSessions, listProfileSessions } from '../../../functions/shared/repositories/profile-sessions.ts';
import { settleProfile, updateProfile } from '../../../functions/shared/repositories/profile-writes.ts';
import { findProfile, findProfiles } from '../../../functions/shared/repositories/profiles.ts';
import {
  clearRefusedMail,
  listRefusedMails,
  noteRefusedMail,
} from '../../../functions/shared/repositories/refused-mails.ts';
import {
  closeSweep,
  listSweepPage,
  listSweeps,
  reportLeftover,
  saveSweep,
} from '../../../functions/shared/repositories/sweeps.ts';
import {
  countTenants,
  createTenant,
  deleteTenant,
  endSettling,
  everyTenant,
  findTenant,
  listTenants,
  tenantIds,
  updateTenant,
  updateTenantAndSweep,
} from '../../../functions/shared/repositories/tenants.ts';
import { createTicket, deleteTicket, findTicket, touchTicket } from '../../../functions/shared/repositories/tickets.ts';
import {
  buryOrphan,
  buryProfile,
  deleteTombstone,
  isBuried,
} from '../../../functions/shared/repositories/tombstones.ts';
import { findUsername } from '../../../functions/shared/repositories/usernames.ts';
import {
  createVerificationToken,
  deleteVerificationToken,
  findVerificationToken,
} from '../../../functions/shared/repositories/verification-tokens.ts';

/** Every intent, by today's functions on DynamoDB and S3. */
export const dynamodbStore = {
  createAccessToken,
  replaceAccessToken,
  deleteAccessToken,
  findAccessToken,
  listAccessTokens,
  createTenant,
  updateTenant,
  updateTenantAndSweep,
  deleteTenant,
  endSettling,
  everyTenant,
  findTenant,
  listTenants,
  tenantIds,
  countTenants,
  createProfile,
  importProfiles,
  updateProfile,
  settleProfile,
  findProfile,
  findProfiles,
  findUsername,
  listIdsByCreation,
  listEntryPage,
  listEmailPage,
  listUsernamePage,
  listCreationPage,
  listAddressPage,
  countByTenant,
  storeIdentity,
  redeemToken,
  findCredentials,
  findManyCredentials,
  findProfileWithCredentials,
  countFailedLogin,
  countForNobody,
  recordLogin,
  buryProfile,
  buryOrphan,
  isBuried,
  deleteTombstone,
  noteRefusedMail,
  clearRefusedMail,
  listRefusedMails,
  noteHashKinds,
  findFirebaseKeys,
  listHashNotes,
  saveHashNote,
  endHashNote,
  createTicket,
  touchTicket,
  deleteTicket,
  findTicket,
  createPersistentLogin,
  replaceLoginToken,
  deletePersistentLogin,
  findPersistentLogin,
  createVerificationToken,
  deleteVerificationToken,
  findVerificationToken,
  listProfileSessions,
  deleteProfileSessions,
  putAttachment,
  deleteAttachmentsOf,
  findAttachment,
  listAttachments,
  putObject,
  deleteObjects,
  findObject,
  listObjects,
  saveSweep,
  closeSweep,
  listSweeps,
  listSweepPage,
  reportLeftover,
  listEntries,
  deleteEntry,
  bootstrapInstallation,
};

/** What a store can do: another one has functions of these types, which know the domain only. */
export type Store = Readonly<typeof dynamodbStore>;

/** What goes wrong between a store and its service, made to happen. */
export interface StoreFaults {
  /** The next write meets one of somebody else at the same place. */
  conflictOnce(): void;
  /** The next call is turned away as one too many. */
  throttleOnce(): void;
  /** What comes back from the first try of every write is lost, though it was carried out. */
  loseAnswers(): void;
  /** The next batch of reads comes back with its first entry only. */
  cutNextBatch(): void;
  /** How many have happened so far. */
  injected(): number;
  /** Forgets what has not happened. */
  reset(): void;
}

/** A store that holds nothing yet, with what makes it stumble. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly faults: StoreFaults;
  stop(): Promise<void>;
}
