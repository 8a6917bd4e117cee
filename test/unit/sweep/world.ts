import { createdKeyFrom } from '../../../functions/shared/domain/profile/created-key.ts';
import {
  asIndexed,
  type IndexedProfile,
  touchesIndex,
} from '../../../functions/shared/domain/profile/indexed-profile.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { applyChange, type ProfileChange } from '../../../functions/shared/domain/profile/profile-change.ts';
import type { Settlement } from '../../../functions/shared/domain/profile/write-profile.ts';
import type { SweepDependencies, TenantSweep } from '../../../functions/shared/domain/sweep/sweep.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { indexKey } from '../../../functions/shared/repositories/dynamodb/keys.ts';
import { entryKeysOf } from '../../../functions/shared/repositories/index-entries.ts';
import { profileToItem } from '../../../functions/shared/repositories/profiles.ts';

/** What the index holds of a profile. */
const keysOf = (indexed: IndexedProfile): readonly string[] => [...entryKeysOf(indexed).keys()];

/**
 * Tenant, profiles and sweeps in memory, with the conditions of the real store. Every call waits at `turn`, from where the test lets one go on at a
 * time in any order; what a call does then, it does at once.
 */
export class World {
  tenant: Tenant;
  readonly profiles = new Map<string, Profile>();
  readonly sweeps = new Map<string, TenantSweep>();
  readonly entries = new Set<string>();
  /** Entries that were missing, or too many, after any step. */
  readonly inexact = new Set<string>();
  private readonly turn: (label: string) => Promise<unknown>;
  private readonly requests = new Set<Promise<unknown>>();
  private revisions = 0;
  private clockMs = 1_700_000_000_000;

  constructor(tenant: Tenant, turn: (label: string) => Promise<unknown>) {
    this.tenant = tenant;
    this.turn = turn;
  }

  /** Runs a request of a client, which the quiet time of the worker outlasts. */
  async request<Result>(run: () => Promise<Result>): Promise<Result> {
    const running = run();
    const settled = running.then(
      () => undefined,
      () => undefined,
    );
    this.requests.add(settled);
    return running.finally(() => this.requests.delete(settled));
  }

  private open(): void {
    const pass = this.sweeps.get(this.tenant.id)?.pass;
    const { id: tenantId, name: tenant } = this.tenant;
    this.sweeps.set(tenantId, { tenantId, tenant, kind: 'settle', revision: this.revision(), pass });
  }

  private revision = () => String(++this.revisions);
  private holds = (sweep: TenantSweep) => this.sweeps.get(sweep.tenantId)?.revision === sweep.revision;
  private replaceTenant(next: Tenant): boolean {
    if (this.tenant.version !== next.version - 1) return false;
    this.tenant = next;
    this.compareEntries();
    return true;
  }

  /** Puts a profile in the place of another one, with what makes its entries those of it. */
  put(before: IndexedProfile | undefined, after: IndexedProfile): Profile {
    const has = keysOf(after);
    for (const key of before ? keysOf(before) : []) if (!has.includes(key)) this.entries.delete(key);
    for (const key of has) this.entries.add(key);
    this.profiles.set(after.profile.id, after.profile);
    this.compareEntries();
    return after.profile;
  }

  /** The index is that of the stored profiles, both ways. */
  private compareEntries(): void {
    const wanted = new Set([...this.profiles.values()].flatMap((profile) => keysOf(asIndexed(profile, this.tenant))));
    for (const key of wanted) if (!this.entries.has(key)) this.inexact.add(`missing ${key}`);
    for (const key of this.entries) if (!wanted.has(key)) this.inexact.add(`too many ${key}`);
  }

  readonly store = {
    findTenant: async () => {
      await this.turn('findTenant');
      return this.tenant;
    },
    updateTenant: async (next: Tenant) => {
      await this.turn('updateTenant');
      return this.replaceTenant(next);
    },
    updateTenantAndSweep: async (next: Tenant) => {
      await this.turn('updateTenant');
      if (!this.replaceTenant(next)) return false;
      this.open();
      return true;
    },
    findProfile: async (id: string) => {
      await this.turn('findProfile');
      return this.profiles.get(id);
    },
    updateProfile: async (read: IndexedProfile, change: ProfileChange) => {
      await this.turn('updateProfile');
      const stored = this.profiles.get(read.profile.id);
      if (stored?.appliedVersion !== read.profile.appliedVersion) return undefined;
      const changed = { profile: applyChange(stored, change), fields: read.fields };
      if (!touchesIndex(read, change)) {
        this.profiles.set(stored.id, changed.profile);
        this.compareEntries();
        return changed.profile;
      }
      return stored.revision === read.profile.revision ? this.put(read, changed) : undefined;
    },
    settleProfile: async (read: IndexedProfile, settlement: Settlement) => {
      await this.turn('settleProfile');
      const stored = this.profiles.get(read.profile.id);
      if (stored?.revision !== read.profile.revision) return undefined;
      const { removeRoles, attributes, fields, ...set } = settlement;
      const change = { roles: { remove: removeRoles }, ...(attributes && { attributes: { replace: attributes } }) };
      return this.put(read, { profile: { ...applyChange(stored, change), ...set }, fields });
    },
    createProfile: async (created: IndexedProfile) => {
      await this.turn('createProfile');
      this.put(undefined, created);
    },
    nowMs: () => this.clockMs,
  };

  /** The worker's side; pages hold one profile. */
  readonly sweeping: SweepDependencies = {
    ...this.store,
    findProfiles: async (ids) => {
      await this.turn('findProfiles');
      return ids.flatMap((id) => this.profiles.get(id) ?? []);
    },
    listSweeps: async () => {
      await this.turn('listSweeps');
      return [...this.sweeps.values()];
    },
    listSweepPage: async (_tenantId, { after, sinceMs }) => {
      await this.turn('listSweepPage');
      const start = after ?? (sinceMs === undefined ? '' : createdKeyFrom(sinceMs));
      const keys = [...this.profiles.values()].map((profile) => ({
        id: profile.id,
        key: profileToItem(profile).createdKey,
      }));
      const [first, second] = keys.filter(({ key }) => key > start).sort((a, b) => (a.key < b.key ? -1 : 1));
      return { ids: first ? [first.id] : [], next: second && first?.key };
    },
    saveSweep: async (sweep: TenantSweep, pass) => {
      await this.turn('saveSweep');
      if (!this.holds(sweep)) return false;
      this.sweeps.set(sweep.tenantId, { ...sweep, revision: this.revision(), pass });
      return true;
    },
    closeSweep: async (sweep: TenantSweep) => this.holds(sweep) && this.sweeps.delete(sweep.tenantId),
    endSettling: async (next, sweep) => {
      await this.turn('endSettling');
      if (!this.holds(sweep) || !this.replaceTenant(next)) return false;
      if (next.pending.length === 0) this.sweeps.delete(sweep.tenantId);
      else this.sweeps.set(sweep.tenantId, { ...sweep, revision: this.revision(), pass: undefined });
      return true;
    },
    listEntries: async (tenantId, { field, shard }) => {
      await this.turn('listEntries');
      const { pk } = indexKey(tenantId, shard, field, '');
      const places = [...this.entries].filter((key) => JSON.parse(key).pk === pk);
      return {
        entries: places.map((place) => ({ place, profileId: JSON.parse(place).sk.replace(/^.*#/s, '') })),
        next: undefined,
      };
    },
    deleteEntry: async ({ place, profileId }, owner) => {
      await this.turn('deleteEntry');
      if (this.profiles.get(profileId)?.revision !== owner?.profile.revision) return false;
      if (owner === undefined || !keysOf(owner).includes(place)) this.entries.delete(place);
      this.compareEntries();
      return true;
    },
    buryOrphan: () => Promise.reject(new Error('Nothing is deleted here')),
    deleteAttachmentsOf: () => Promise.reject(new Error('Nothing is deleted here')),
    deleteTombstone: () => Promise.reject(new Error('Nothing is deleted here')),
    sleep: async (ms) => {
      await Promise.all(this.requests);
      await this.turn('sleep');
      this.clockMs += ms;
    },
    quietMs: 1000,
    entryPaceMs: 0,
  };
}
