import { foreignKindOf, isOfFirebase } from '../../functions/shared/domain/sign-in/checkable-hash.ts';
import type { FirebaseKeys } from '../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import { fittingKinds } from '../../functions/shared/domain/sign-in/foreign/hash-note.ts';
import { findFirebaseKeys, noteHashKinds } from '../../functions/shared/repositories/hash-notes.ts';
import { UsageError } from '../usage-error.ts';
import type { BatchWork } from './batch-work.ts';
import { writes } from './importing.ts';

/** A note may go a day after it was written. */
const NOTED_FOR_MS = 6 * 60 * 60 * 1000;

const LEFT_OUT =
  'a password was left behind: its tenant has hashes of too many costly kinds, or none of the keys of Firebase';

const otherProject = (name: string) =>
  new UsageError(
    `Tenant ${JSON.stringify(name)} has hashes of another Firebase project: its users have to go to a tenant of their own`,
  );

/** Of the files, or of the tenant as it is here. Throws a `UsageError` where these are two projects. */
async function firebaseKeysOf({ tenant }: BatchWork): Promise<FirebaseKeys | undefined> {
  const { firebaseKeys: given } = tenant;
  const stored = tenant.isNew ? undefined : await findFirebaseKeys(tenant.tenant.id);
  if (given === undefined || stored === undefined) return given ?? stored;
  const isSame = given.signerKey === stored.signerKey && given.saltSeparator === stored.saltSeparator;
  if (!isSame) throw otherProject(tenant.tenant.name);
  return given;
}

/** The kinds that can be checked here, and the keys that those of Firebase need. */
async function checkable(work: BatchWork, wanted: readonly string[]) {
  if (!wanted.some(isOfFirebase)) return { keyed: wanted, firebaseKeys: undefined };
  const firebaseKeys = await firebaseKeysOf(work);
  const keyed = firebaseKeys === undefined ? wanted.filter((kind) => !isOfFirebase(kind)) : wanted;
  return { keyed, firebaseKeys };
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
  const { keyed, firebaseKeys } = await checkable(work, wanted);
  const kinds = fittingKinds(noted, keyed);
  const leftOut = new Set(wanted.filter((kind) => !kinds.includes(kind)));
  const isFresh = Date.now() - tenant.hashesNotedAtMs < NOTED_FOR_MS;
  const isKnown = isFresh && kinds.every((kind) => noted.includes(kind));
  tenant.takeHashes(leftOut, isKnown ? tenant.hashesNotedAtMs : Date.now());
  if (isKnown || !writes(importing)) return false;
  const outcome = await noteHashKinds(tenant.tenant, { kinds, firebaseKeys, atMs: Date.now() });
  if (outcome === 'otherKeys') throw otherProject(tenant.tenant.name);
  return true;
}

/** Tells of hashes that the tenant cannot have. */
export function tellLeftOut({ importing, tenant }: BatchWork, passwordHash: string | undefined): void {
  if (passwordHash !== undefined && !tenant.takesHash(passwordHash))
    importing.report.odd({ kind: LEFT_OUT, field: 'password' });
}
