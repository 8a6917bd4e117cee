import { isOfFirebase } from '../../functions/shared/domain/sign-in/checkable-hash.ts';
import { type PendingChange, settle } from '../../functions/shared/domain/tenant/pending-changes.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { findFirebaseKeys } from '../../functions/shared/repositories/hash-notes.ts';
import { listIdsByCreation } from '../../functions/shared/repositories/profile-lists.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { findWholeProfiles, type WholeProfile } from '../../functions/shared/repositories/whole-profiles.ts';
import { profileJson, tenantJson, type Writing } from './documents.ts';
import type { ExportFile } from './export-file.ts';
import { Losses } from './losses.ts';

/** Read at once; the next ones are on their way while these are written. */
const MOST_AT_ONCE = 100;
const FEWEST_AT_ONCE = 10;
/** What those that are read at once should have of attributes together. */
const CHARACTERS_AT_ONCE = 4_000_000;
/** How often a tenant is begun anew because it is changed meanwhile. */
const TRIES = 5;

/** Where tenants go. */
export interface TenantFiles {
  readonly tenants: ExportFile;
  readonly profiles: ExportFile;
}

interface Batch {
  /** The tenant as it was known before the profiles were read. */
  readonly before: Tenant;
  readonly profiles: Promise<readonly WholeProfile[]>;
}

/** What of a tenant its profiles follow. */
const meaningOf = ({ id, availableRoles, attributeDefinitions }: Tenant) =>
  JSON.stringify([
    id,
    [...availableRoles].sort(),
    attributeDefinitions.map(({ name, defaultValue }) => [name, defaultValue]),
  ]);

/** Whether profiles that were written while the tenant was as at first are not as it makes them now. */
function hasTurned(first: Tenant, now: Tenant): boolean {
  const isNew = now.pending.some(
    ({ version, removeRoles, removeAttributes, defaults }) =>
      version > first.version && removeRoles.length + removeAttributes.length + defaults.size > 0,
  );
  return isNew || meaningOf(now) !== meaningOf(first);
}

/** The changes that were open before the profiles were read, or after: one that was carried out in between is in the first ones alone. */
function openAround(before: Tenant, after: Tenant): readonly PendingChange[] {
  const known = new Set(before.pending.map(({ version }) => version));
  return [...before.pending, ...after.pending.filter(({ version }) => !known.has(version))];
}

/** What is known of a tenant's profiles so far. */
interface Known {
  tenant: Tenant;
  /** How many may be read at once. */
  atOnce: number;
}

/** As many as are read at once next, as far as these tell. */
function atOnceAfter(read: readonly WholeProfile[]): number {
  let characters = 1;
  for (const { profile } of read) for (const { text } of profile.attributes.values()) characters += text.length;
  const fitting = Math.floor((CHARACTERS_AT_ONCE * read.length) / characters);
  return Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, fitting));
}

async function* batchesAhead(tenantId: string, known: Known): AsyncGenerator<Batch> {
  let waiting: Batch | undefined;
  for await (const page of listIdsByCreation(tenantId))
    for (let from = 0; from < page.length; ) {
      const ids = page.slice(from, from + known.atOnce);
      from += ids.length;
      const profiles = findWholeProfiles(ids);
      // It is waited for when its turn comes.
      profiles.catch(() => undefined);
      const next = { before: known.tenant, profiles };
      if (waiting !== undefined) yield waiting;
      waiting = next;
    }
  if (waiting !== undefined) yield waiting;
}

/** Writes the profiles of a tenant as its changes make them; answers with the tenant afterwards, undefined where it is another one, or means something else, by then. */
async function exportProfiles(
  first: Tenant,
  file: ExportFile,
  write: (stored: WholeProfile) => string,
): Promise<Tenant | undefined> {
  const known: Known = { tenant: first, atOnce: FEWEST_AT_ONCE };
  /** Read after the profiles: never older than what they have taken in. */
  const look = async () => {
    const found = await findTenant(first.name);
    if (found === undefined || hasTurned(first, found)) return undefined;
    known.tenant = found;
    return found;
  };
  for await (const { before, profiles } of batchesAhead(first.id, known)) {
    const read = await profiles;
    known.atOnce = atOnceAfter(read);
    const after = await look();
    if (after === undefined) return undefined;
    const followed = { version: after.version, pending: openAround(before, after) };
    for (const stored of read)
      if (stored.profile.tenantId === first.id)
        file.write(write({ ...stored, profile: settle(stored.profile, followed) }));
  }
  return look();
}

/** Whether somebody who has what is written of a profile needs more to check its password. */
const needsKeys = ({ format, withSecrets }: Writing, { credentials }: WholeProfile): boolean =>
  withSecrets && format === 'own' && isOfFirebase(credentials.passwordHash ?? '');

/**
 * Exports a tenant with its profiles, in the order of their creation; one that gets other roles or definitions meanwhile is begun anew. False where there is none of
 * that name, any more. Rejects where it is changed again and again.
 */
export async function exportTenant(
  name: string,
  files: TenantFiles,
  writing: Writing,
  losses: Losses,
): Promise<boolean> {
  const mark = files.profiles.mark();
  for (let tried = 0; tried < TRIES; tried++) {
    const tenant = await findTenant(name);
    if (tenant === undefined) return false;
    const own = new Losses();
    let isKeyed = false;
    const last = await exportProfiles(tenant, files.profiles, (stored) => {
      isKeyed ||= needsKeys(writing, stored);
      return profileJson(stored, writing, own);
    });
    if (last !== undefined) {
      files.tenants.write(tenantJson(last, writing, own, isKeyed ? await findFirebaseKeys(last.id) : undefined));
      losses.add(own);
      return true;
    }
    files.profiles.goBackTo(mark);
  }
  throw new Error(
    `Tenant ${JSON.stringify(name)} got other roles or definitions during each of ${TRIES} tries: export it when nobody changes it`,
  );
}
