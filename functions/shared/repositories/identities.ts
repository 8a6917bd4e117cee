import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { NewIdentity } from '../domain/profile/change-identity.ts';
import type { IndexedProfile } from '../domain/profile/indexed-profile.ts';
import { type Profile, subjectOf } from '../domain/profile/profile.ts';
import { applyChange, attributesIn, fieldsIn, type ProfileChange } from '../domain/profile/profile-change.ts';
import { passwordUpdate } from './credentials.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { entryChanges } from './index-entries.ts';
import { profileUpdate, wholeAsRead } from './profile-writes.ts';
import { giveUp, transactWithUsername } from './usernames.ts';
import { claimVerificationToken } from './verification-tokens.ts';

/**
 * The items of a change with a new identity, and the profile as they leave it; a new password is the next epoch. A transaction gives nothing back, so
 * it is made on the condition that nobody has written to the profile since it was read: what is worked out from that is what is stored.
 */
function identityItems(before: IndexedProfile, change: ProfileChange, { username, passwordHash }: NewIdentity) {
  const { profile: stored } = before;
  const set = {
    ...(username === undefined ? {} : { username }),
    ...(passwordHash === undefined ? {} : { credentialEpoch: stored.credentialEpoch + 1 }),
  };
  const changed = { ...applyChange(stored, change), ...set };
  const own = [...(username === undefined ? [] : ['username']), ...(passwordHash === undefined ? [] : ['password'])];
  noteChange({ ...subjectOf(stored), newUsername: username }, [...own, ...fieldsIn(change)], attributesIn(change));
  const items: Record<string, TransactionItem> = {
    profile: { Update: profileUpdate(stored, change, { set, expected: wholeAsRead(stored) }) },
    ...(passwordHash === undefined ? {} : { credentials: passwordUpdate(stored, passwordHash) }),
    ...(username === undefined ? {} : { oldUsername: giveUp(stored) }),
    ...entryChanges([before], [{ ...before, profile: changed }]),
  };
  return { items, changed };
}

/**
 * Stores a change together with a new username, which is claimed as the old one goes, a new password, which is the next epoch, or both, in one
 * transaction. `overtaken` where the profile is gone or changed meanwhile.
 */
export async function storeIdentity(
  stored: IndexedProfile,
  change: ProfileChange,
  identity: NewIdentity,
): Promise<Profile | 'usernameTaken' | 'overtaken'> {
  const { items, changed } = identityItems(stored, change, identity);
  const failed = identity.username === undefined ? await transact(items) : await transactWithUsername(changed, items);
  if (failed.size === 0) return changed;
  return failed.has('username') && !failed.has('profile') ? 'usernameTaken' : 'overtaken';
}

/**
 * Uses up a verification token for the change that it allows, in one transaction: of any number of calls one finds it there. `tokenGone` for all
 * others; `overtaken` where the profile is gone or changed meanwhile.
 */
export async function redeemToken(
  tokenId: string,
  stored: IndexedProfile,
  change: ProfileChange,
  passwordHash?: string,
): Promise<Profile | 'tokenGone' | 'overtaken'> {
  const { items, changed } = identityItems(stored, change, { passwordHash });
  const failed = await transact({ token: claimVerificationToken(tokenId), ...items });
  if (failed.size === 0) return changed;
  return failed.has('token') ? 'tokenGone' : 'overtaken';
}

/** What each intent calls. */
export const calls = {
  storeIdentity: [
    'UpdateItem profile',
    'PutItem username',
    'DeleteItem username',
    'ConditionCheckItem tenant',
    'PutItem indexEntry',
    'DeleteItem indexEntry',
  ],
  redeemToken: ['UpdateItem profile', 'DeleteItem verificationToken'],
} as const satisfies CallsByIntent;
