import { ApiError, assertThat, noSuchProfile } from '../../errors/api-error.ts';
import { redoRefused } from '../concurrency/redo-refused.ts';
import { indexedFieldsOf } from '../tenant/indexed-fields.ts';
import { lagOf, settle } from '../tenant/pending-changes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Attributes } from '../values/json-text.ts';
import { asIndexed, type IndexedProfile } from './indexed-profile.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from './load-profile.ts';
import type { Profile } from './profile.ts';
import type { ProfileChange } from './profile-change.ts';
import { shardOf } from './shard.ts';

/** What a lagging profile takes in of its tenant's changes. */
export interface Settlement {
  readonly removeRoles: readonly string[];
  /** All attributes, where the changes touch any. */
  readonly attributes: Attributes | undefined;
  readonly appliedVersion: number;
  /** Its own, or the one that it gets with its first entries. */
  readonly shard: number | undefined;
  /** What it is indexed by from then on. */
  readonly fields: readonly string[];
}

/** How a lagging profile is stored settled: undefined where anybody has written to it meanwhile, or it is gone. */
export interface SettledStore {
  settleProfile(stored: IndexedProfile, settlement: Settlement): Promise<Profile | undefined>;
}

/**
 * It is stored on condition that the profile is as it was read: writers that still knew the tenant as it was before may come in between, and what they
 * wrote must neither be lost nor escape the change.
 */
function settlementOf(stored: Profile, tenant: Tenant): Settlement {
  const lag = lagOf(stored, tenant);
  const touchesAttributes = lag.some((change) => change.removeAttributes.length + change.defaults.size > 0);
  return {
    removeRoles: [...new Set(lag.flatMap((change) => change.removeRoles))],
    attributes: touchesAttributes ? settle(stored, tenant).attributes : undefined,
    appliedVersion: tenant.version,
    shard: stored.shard ?? shardOf(stored.id, tenant),
    fields: indexedFieldsOf(tenant),
  };
}

const withoutDefaults = (tenant: Tenant): Tenant => ({
  ...tenant,
  pending: tenant.pending.map((change) => ({ ...change, defaults: new Map() })),
});

/**
 * Stores a profile that lags behind its tenant as readers see it already (data model, section 4); undefined where somebody else changed it
 * meanwhile. A profile that default values would make too large for the store goes without them.
 */
export async function storeSettled(store: SettledStore, stored: Profile, tenant: Tenant): Promise<Profile | undefined> {
  if (lagOf(stored, tenant).length === 0) return stored;
  const indexed = asIndexed(stored, tenant);
  try {
    return await store.settleProfile(indexed, settlementOf(stored, tenant));
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'invalidRequest') throw error;
    return store.settleProfile(indexed, settlementOf(stored, withoutDefaults(tenant)));
  }
}

/** How a profile is found, and stored settled. */
export interface ProfileStore extends ProfileSource, SettledStore {}

/**
 * Writes to a loaded profile under the condition of every write (data model, section 3, W). A profile that lags behind its tenant is first
 * stored settled, so that a write in flight brings nothing back that the tenant took away. Where the condition fails, it is read again:
 * gone is an error, newer is tried again.
 *
 * `write` gets the profile as it is stored and answers with what is stored then, undefined where its condition failed. The result goes with the
 * tenant that the write went by, which may be newer than the loaded one.
 */
export async function writeProfile(
  store: ProfileStore,
  loaded: LoadedProfile,
  write: (current: LoadedProfile) => Promise<Profile | undefined>,
  gone: () => ApiError = () => noSuchProfile(`with ID "${loaded.profile.id}"`),
): Promise<LoadedProfile> {
  const written = await redoRefused(
    loaded,
    async (current): Promise<LoadedProfile | undefined> => {
      const stored = await storeSettled(store, current.stored, current.tenant);
      const profile = stored && (await write({ ...current, stored }));
      return profile && { ...current, stored: profile, profile };
    },
    async (current): Promise<LoadedProfile | undefined> => {
      const found = await findPresent(store, loaded.profile.id, loaded.tenant.name);
      return found && { ...current, ...found };
    },
  );
  assertThat(written, gone);
  return written;
}

/** What a call changes of a profile of this tenant, permissions and cleansing included. */
export type ProfilePlan = (tenant: Tenant) => ProfileChange;

/** The plan carried out for a tenant at once, so that what it denies is denied before anything else is done, and again only for a newer tenant. */
export function plannedFor(tenant: Tenant, plan: ProfilePlan): ProfilePlan {
  let planned = { id: tenant.id, version: tenant.version, change: plan(tenant) };
  return (current) => {
    const { id, version } = current;
    if (id !== planned.id || version !== planned.version) planned = { id, version, change: plan(current) };
    return planned.change;
  };
}

/** How a changed profile is stored: undefined where it is gone or changed meanwhile in what the write rests on. */
export interface ChangeStore extends ProfileStore {
  updateProfile(stored: IndexedProfile, change: ProfileChange): Promise<Profile | undefined>;
}

/**
 * Stores a change of a loaded profile and gives back what is stored then (SAVE, contract 5). `plan` sees the newest tenant at each try: what
 * depends on it, permissions or cleansing, belongs there.
 */
export async function changeProfile(
  store: ChangeStore,
  loaded: LoadedProfile,
  plan: ProfilePlan,
): Promise<LoadedProfile> {
  return writeProfile(store, loaded, ({ stored, tenant }) =>
    store.updateProfile(asIndexed(stored, tenant), plan(tenant)),
  );
}
