import { provenArgon2 } from './argon2id.ts';
import type { FirebaseKeys } from './foreign/firebase-keys.ts';
import { isLegacyHash, verifyLegacyHash } from './legacy-password-hash.ts';
import { isOurHash, verifyNothing, verifyOurHash } from './password-hash.ts';

/** What a tenant has of other identity stores, as far as a check needs it. */
export interface ForeignHashes {
  /** The kinds of the hashes that its profiles may have, besides ours and those of the old server. */
  readonly kinds: readonly string[];
  findFirebaseKeys(): Promise<FirebaseKeys | undefined>;
}

/** Of a tenant without any, or of one that does not exist. */
const none: ForeignHashes = { kinds: [], findFirebaseKeys: async () => undefined };

/** A check with the work that it has done: ours, or that of a kind of foreign hash. */
interface Checked {
  readonly isRight: boolean;
  readonly hasDoneOurs?: true;
  readonly kind?: string | undefined;
}

async function foreignMeans({ findFirebaseKeys }: ForeignHashes) {
  const [foreign, argon2] = await Promise.all([import('./foreign/foreign-hashes.ts'), provenArgon2()]);
  return { foreign, means: { argon2, findFirebaseKeys } };
}

async function check(password: string, hash: string | undefined, tenant: ForeignHashes): Promise<Checked> {
  if (hash === undefined) return { isRight: false };
  if (isOurHash(hash)) return { isRight: await verifyOurHash(password, hash), hasDoneOurs: true };
  if (isLegacyHash(hash)) return { isRight: verifyLegacyHash(password, hash) };
  const { foreign, means } = await foreignMeans(tenant);
  return foreign.checkForeignHash(password, hash, means);
}

async function doForeign(password: string, kinds: readonly string[], tenant: ForeignHashes): Promise<void> {
  if (kinds.length === 0) return;
  const { foreign, means } = await foreignMeans(tenant);
  await foreign.checkNothing(password, kinds, means);
}

/**
 * Whatever a check has not done: with it, each costs our work and that of every kind in the tenant. Ours comes last, so that in a tenant with one kind a user that has it and
 * one that does not exist cost the same in the same order.
 */
async function doTheRest(password: string, { hasDoneOurs, kind: done }: Checked, tenant: ForeignHashes): Promise<void> {
  await doForeign(
    password,
    tenant.kinds.filter((kind) => kind !== done),
    tenant,
  );
  if (!hasDoneOurs) await verifyNothing(password);
}

/**
 * Whether the password is the one of the hash, of any form of contract 8.1. Without a hash, which stands for a user that does not exist, too, it is wrong. Every failure
 * in a tenant costs the same work: ours, and once that of each kind of hash of other stores that the tenant has. Otherwise its time would tell a user
 * with one of them from another one, or from one that does not exist.
 */
export async function verifyPassword(
  password: string,
  hash: string | undefined,
  tenant: ForeignHashes = none,
): Promise<boolean> {
  const checked = await check(password, hash, tenant);
  if (!checked.isRight) await doTheRest(password, checked, tenant);
  return checked.isRight;
}

/** The same where a right password must cost what a wrong one does. */
export async function verifyAlike(
  password: string,
  hash: string | undefined,
  tenant: ForeignHashes = none,
): Promise<boolean> {
  const checked = await check(password, hash, tenant);
  await doTheRest(password, checked, tenant);
  return checked.isRight;
}
