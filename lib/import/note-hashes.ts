import { foreignKindOf } from '../../functions/shared/domain/sign-in/checkable-hash.ts';
import { fittingKinds } from '../../functions/shared/domain/sign-in/foreign/hash-note.ts';
import { findFirebaseKeys, noteHashKinds } from '../../functions/shared/repositories/hash-notes.ts';
import type { BatchWork } from './batch-work.ts';
import { writes } from './importing.ts';

/** A note may go a day after it was written. */
const NOTED_FOR_MS = 6 * 60 * 60 * 1000;
const FIREBASE = '$firescrypt$';

const LEFT_OUT =
  'a password was left behind: its tenant has hashes of too many costly kinds, or none of the keys of Firebase';

async function hasFirebaseKeys({ importing, tenant }: BatchWork): Promise<boolean> {
  if (importing.options.firebaseKeys !== undefined) return true;
  return !tenant.isNew && (await findFirebaseKeys(tenant.tenant.id)) !== undefined;
}

/**
 * Notes beside the tenant which kinds of other stores' password hashes it has from now on, before a profile with one is stored (data model, section 5). True where the tenant became another
 * one by that, or was one by then: what was made for it has to be made again.
 */
export async function noteHashes(work: BatchWork, hashes: readonly (string | undefined)[]): Promise<boolean> {
  const { importing, tenant } = work;
  const wanted = [...new Set(hashes.flatMap((hash) => (hash === undefined ? [] : (foreignKindOf(hash) ?? []))))];
  if (wanted.length === 0) return false;
  const noted = tenant.tenant.foreignHashes ?? [];
  const keyed = (await hasFirebaseKeys(work)) ? wanted : wanted.filter((kind) => !kind.startsWith(FIREBASE));
  const kinds = fittingKinds(noted, keyed);
  const leftOut = new Set(wanted.filter((kind) => !kinds.includes(kind)));
  const isFresh = Date.now() - tenant.hashesNotedAtMs < NOTED_FOR_MS;
  const isKnown = isFresh && kinds.every((kind) => noted.includes(kind));
  tenant.takeHashes(leftOut, isKnown ? tenant.hashesNotedAtMs : Date.now());
  if (isKnown || !writes(importing)) return false;
  const { firebaseKeys } = importing.options;
  const outcome = await noteHashKinds(tenant.tenant, { kinds, firebaseKeys, atMs: Date.now() });
  if (outcome === 'otherKeys')
    throw new Error('The tenant has hashes of another Firebase project: its users have to go to a tenant of their own');
  return true;
}

/** Tells of hashes that the tenant cannot have. */
export function tellLeftOut({ importing, tenant }: BatchWork, passwordHash: string | undefined): void {
  if (passwordHash !== undefined && !tenant.takesHash(passwordHash))
    importing.report.odd({ kind: LEFT_OUT, field: 'password' });
}
