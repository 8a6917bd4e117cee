import { keyedHash } from '../../../functions/shared/audit/trail.ts';
import { redoRefused } from '../../../functions/shared/domain/concurrency/redo-refused.ts';
import { everyIndexing } from '../../../functions/shared/domain/profile/indexed-profile.ts';
import { findPresent } from '../../../functions/shared/domain/profile/load-profile.ts';
import { deleteAttachmentsOf, objectKeysOf } from '../../../functions/shared/repositories/attachments.ts';
import { ensureAuditKey, findAuditKey } from '../../../functions/shared/repositories/audit-key.ts';
import { countObjectVersions, deleteObjectVersions } from '../../../functions/shared/repositories/bucket-versions.ts';
import {
  closeReceipt,
  type ErasureReceipt,
  listOpenReceipts,
  openReceipt,
} from '../../../functions/shared/repositories/erasure-receipts.ts';
import { deleteProfileSessions, listProfileSessions } from '../../../functions/shared/repositories/profile-sessions.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { buryProfile, deleteTombstone, isBuried } from '../../../functions/shared/repositories/tombstones.ts';
import { findPerson, type PersonName, personText } from './named-person.ts';

/** What is to be erased, as it was found. */
export interface Erasure {
  readonly profileId: string;
  /** Of the profile, while it is there. */
  readonly username?: string | undefined;
  readonly user?: string | undefined;
  /** Of an erasure that was cut short. */
  readonly open?: ErasureReceipt | undefined;
  /** Another one that has the name by now. */
  readonly namesake?: string | undefined;
}

/** What is gone, and by which receipt. */
export interface Erased {
  readonly receipt: ErasureReceipt;
  readonly sessions: number;
  /** Of objects, old ones included. */
  readonly versions: number;
}

const source = { findProfile, findTenant };

async function hashOf(tenant: string, username: string): Promise<string> {
  const key = (await findAuditKey()) ?? (await ensureAuditKey());
  return keyedHash(key, 'user', tenant, username);
}

/** A person by name: an erasure of that name that was cut short comes first, whoever has the name by now. */
async function byName(name: PersonName, tenant: string, username: string): Promise<Erasure | undefined> {
  const user = await hashOf(tenant, username);
  const person = await findPerson(name);
  const open = (await listOpenReceipts()).find((receipt) => receipt.user === user);
  const id = person?.stored.id;
  if (open !== undefined)
    return { profileId: open.profileId, user, open, ...(id !== open.profileId && { namesake: id }) };
  return person && { profileId: person.stored.id, username, user };
}

/** Whether something is still stored of a profile that is gone. */
async function isLeftOver(profileId: string): Promise<boolean> {
  const [buried, sessions, versions] = await Promise.all([
    isBuried(profileId),
    listProfileSessions(profileId),
    countObjectVersions(objectKeysOf(profileId)),
  ]);
  return buried || sessions.length + versions > 0;
}

async function byId(id: string): Promise<Erasure | undefined> {
  const [stored, receipts] = await Promise.all([findProfile(id), listOpenReceipts()]);
  const open = receipts.find(({ profileId }) => profileId === id);
  if (stored === undefined)
    return open !== undefined || (await isLeftOver(id)) ? { profileId: id, user: open?.user, open } : undefined;
  return { profileId: id, username: stored.username, user: await hashOf(stored.tenant, stored.username), open };
}

/** Finds what there is to erase, and changes nothing. Rejects where there is no such person. */
export async function findErasure(name: PersonName): Promise<Erasure> {
  const { tenant, username, profile } = name;
  const found =
    profile === undefined ? await byName(name, tenant ?? '', username ?? '') : await byId(profile.toLowerCase());
  if (found === undefined) throw new Error(`There is no ${personText(name)}`);
  return found;
}

/** Puts the profile out of everybody's reach, where it is there: nobody can sign in or make anything of it from then on. */
async function bury(profileId: string): Promise<void> {
  const stored = await findProfile(profileId);
  if (stored === undefined) return;
  await redoRefused(
    await findPresent(source, profileId),
    async (present) =>
      (await buryProfile(present.stored, everyIndexing(present.stored, present.tenant), Date.now())) || undefined,
    () => findPresent(source, profileId),
  );
}

/** A profile whose tenant is deleted goes with that: only the worker knows all that the index holds of it. */
async function requireTenantOf(profileId: string): Promise<void> {
  const stored = await findProfile(profileId);
  if (stored === undefined || (await findPresent(source, profileId)) !== undefined) return;
  throw new Error(
    `The tenant of profile ${profileId} is deleted, and the profile is going with it: carry that out with "sweep" first, then erase what is left of it by --profile`,
  );
}

/**
 * Erases a person. The receipt is filed first, so that an erasure that is cut short anywhere is found by the name or id, and its steps, each of which can be
 * done again, are carried to their end; sessions come last, as the index that finds them follows by milliseconds.
 */
export async function erase(erasure: Erasure, operator: string): Promise<Erased> {
  const { profileId, user, open } = erasure;
  await requireTenantOf(profileId);
  const begun = open ?? { profileId, user, beganAtMs: Date.now(), operator };
  if (open === undefined) await openReceipt(begun);
  await bury(profileId);
  await deleteAttachmentsOf(profileId);
  const versions = await deleteObjectVersions(objectKeysOf(profileId));
  const sessions = await deleteProfileSessions(profileId);
  await deleteTombstone(profileId);
  const receipt = { ...begun, endedAtMs: Date.now() };
  await closeReceipt(receipt);
  return { receipt, sessions, versions };
}
