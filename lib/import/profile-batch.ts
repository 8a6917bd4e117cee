import { newObjectId } from '../../functions/shared/domain/values/object-id.ts';
import type { StoredWithNote } from '../../functions/shared/repositories/import-notes.ts';
import { importProfiles } from '../../functions/shared/repositories/imported-profiles.ts';
import { entryKeysOf } from '../../functions/shared/repositories/index-entries.ts';
import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';
import type { UsernameOwner } from '../../functions/shared/repositories/usernames.ts';
import { type BatchWork, type FoundProfile, TENANT_GONE } from './batch-work.ts';
import { standingOf } from './content.ts';
import { writes } from './importing.ts';
import { requireFitting, writeUnitsOf } from './item-size.ts';
import { noteHashes, tellLeftOut } from './note-hashes.ts';
import { attempt } from './read-records.ts';
import { Rejected } from './records/rejected.ts';
import { replaceProfile } from './replace-profile.ts';

/** What the installation has that profiles of one tenant may meet. */
interface Looked {
  readonly owners: ReadonlyMap<string, UsernameOwner>;
  readonly stored: ReadonlyMap<string, StoredWithNote>;
  readonly taken: ReadonlySet<string>;
}

/** The tenant is gone, or changes again and again: these profiles are not stored. */
export class TenantLost extends Error {
  readonly left: readonly FoundProfile[];
  /** For good. */
  readonly isGone: boolean;

  constructor(reason: string, left: readonly FoundProfile[], isGone: boolean) {
    super(reason);
    this.left = left;
    this.isGone = isGone;
  }
}

async function look({ importing, tenant }: BatchWork, batch: readonly FoundProfile[]): Promise<Looked> {
  const { stored } = importing;
  const own = batch.flatMap(({ record }) => record.id ?? []);
  const [owners, taken] = await Promise.all([
    stored.findUsernames(
      tenant.tenant.name,
      batch.map(({ record }) => record.username),
    ),
    stored.idsTaken(own),
  ]);
  const current = [...owners].filter(([, owner]) => owner.tenantId === tenant.tenant.id);
  const ids = [...taken, ...current.map(([, { profileId }]) => profileId)];
  return { owners: new Map(current), taken, stored: ids.length === 0 ? new Map() : await stored.findWithNotes(ids) };
}

const NOTHING: Looked = { owners: new Map(), stored: new Map(), taken: new Set() };

/** The stored profile that a record is of; undefined: it is new. Throws a `Rejected` where its id or its username is another one's. */
function storedOf({ tenant }: BatchWork, { record }: FoundProfile, looked: Looked): StoredWithNote | undefined {
  const owner = looked.owners.get(record.username);
  const id = record.id ?? owner?.profileId;
  if (id === undefined) return undefined;
  const stored = looked.stored.get(id);
  if (stored !== undefined && stored.profile.tenantId === tenant.tenant.id) {
    if (owner !== undefined && owner.profileId !== id)
      throw new Rejected('username', 'is that of another profile here');
    return stored;
  }
  if (stored !== undefined) throw new Rejected('_id', 'is that of a profile of another tenant here');
  if (looked.taken.has(id))
    throw new Rejected('_id', 'is that of a profile that is being deleted: "npm run admin -- sweep" ends that');
  if (owner !== undefined) throw new Rejected('username', 'is that of another profile here');
  return undefined;
}

/** Whether the password of the files stayed behind when the profile was imported. */
const lacksPassword = ({ credentials }: StoredWithNote, { record }: FoundProfile) =>
  credentials.passwordHash === undefined && record.passwordHash !== undefined;

/** What becomes of a profile that is there. */
async function meet(work: BatchWork, found: FoundProfile, stored: StoredWithNote): Promise<void> {
  const { report, options } = work.importing;
  const { record, origin } = found;
  const standing = standingOf(stored, record);
  const isRenamed = stored.profile.username !== record.username;
  if (isRenamed && !options.update && !options.verify && standing !== 'changed here')
    return report.reject(origin, '_id', 'is that of a profile of another username here');
  if (standing === 'changed on both sides' && (options.update || options.verify))
    return options.verify
      ? report.count('profile', 'different')
      : report.reject(origin, undefined, 'was changed here, too, since it was imported');
  if (standing === 'different' && options.update) return replaceProfile(work, found, stored);
  if (options.verify && standing === 'there' && lacksPassword(stored, found))
    return report.count('profile', 'different');
  report.count('profile', standing === 'changed on both sides' ? 'different' : standing);
}

interface NewFound {
  readonly found: FoundProfile;
  readonly id: string;
}

/** The profiles of a batch that are new. */
async function sortOut(work: BatchWork, batch: readonly FoundProfile[], looked: Looked): Promise<readonly NewFound[]> {
  const { report, nowMs } = work.importing;
  const news: NewFound[] = [];
  for (const found of batch) {
    const met = attempt(report, found.origin, () => ({ stored: storedOf(work, found, looked) }));
    if (met === undefined) continue;
    if (met.stored === undefined) news.push({ found, id: found.record.id ?? newObjectId(nowMs) });
    else {
      work.taken(found, met.stored.profile.id, 0);
      await meet(work, found, met.stored);
    }
  }
  return news;
}

interface Made extends NewFound {
  readonly created: NewProfile;
  readonly writeUnits: number;
}

/** The same as they are to be stored, by their ids. */
function make(work: BatchWork, news: readonly NewFound[]): ReadonlyMap<string, Made> {
  const { report, nowMs } = work.importing;
  const made = new Map<string, Made>();
  for (const { found, id } of news) {
    const one = attempt(report, found.origin, () => {
      const created = work.tenant.newProfile(found.record, id, nowMs);
      return { created, bytes: requireFitting(created) };
    });
    if (one === undefined) continue;
    const writeUnits = writeUnitsOf(one.bytes, entryKeysOf(one.created).size);
    made.set(id, { found, id, created: one.created, writeUnits });
  }
  return made;
}

/** Goes on with the tenant as it is now. Throws a `TenantLost` where it is gone. */
async function goOn({ importing, tenant }: BatchWork, left: readonly FoundProfile[]): Promise<void> {
  if (!tenant.goOnWith(await importing.stored.findTenant(tenant.tenant.name)))
    throw new TenantLost(TENANT_GONE, left, true);
}

/** How often a tenant may change under one batch. */
const MOST_CHANGES = 50;

/**
 * Imports some profiles of one tenant: each is stored, was there, or is rejected; how many were stored. What is not new is compared with what is stored. Throws
 * a `TenantLost` where the tenant is gone.
 */
export async function importBatch(work: BatchWork, batch: readonly FoundProfile[]): Promise<number> {
  const { importing, tenant } = work;
  const { report, options } = importing;
  let open = batch;
  let isKnown = !work.looksFirst;
  let written = 0;
  for (let round = 0; open.length > 0; round++) {
    if (round > MOST_CHANGES) throw new TenantLost('its tenant was changed again and again', open, false);
    const news = await sortOut(work, open, isKnown ? NOTHING : await look(work, open));
    const hashes = news.map(({ found }) => found.record.passwordHash);
    const left = news.map(({ found }) => found);
    while (await noteHashes(work, hashes)) await goOn(work, left);
    const made = make(work, news);
    const tell = (outcome: 'imported' | 'missing', ids: Iterable<string>) => {
      for (const id of ids) {
        const one = made.get(id);
        if (one === undefined) continue;
        report.count('profile', outcome);
        tellLeftOut(work, one.found.record.passwordHash);
        work.taken(one.found, id, one.writeUnits);
      }
    };
    if (!writes(importing)) {
      tell(options.verify ? 'missing' : 'imported', made.keys());
      break;
    }
    const created = [...made.values()].map((one) => one.created);
    const { taken, overtaken } = await importProfiles(tenant.tenant, created, work.atATime);
    const failed = new Set([...taken.keys(), ...overtaken.map(({ profile }) => profile.id)]);
    tell(
      'imported',
      [...made.keys()].filter((id) => !failed.has(id)),
    );
    written += made.size - failed.size;
    open = [...failed].flatMap((id) => made.get(id)?.found ?? []);
    // Whoever has what was taken is looked for.
    isKnown = isKnown && taken.size === 0;
    if (overtaken.length > 0) await goOn(work, open);
  }
  return written;
}
