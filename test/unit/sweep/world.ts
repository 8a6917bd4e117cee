import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { applyChange, type ProfileChange } from '../../../functions/shared/domain/profile/profile-change.ts';
import type { Settlement } from '../../../functions/shared/domain/profile/write-profile.ts';
import type { SweepDependencies, TenantSweep } from '../../../functions/shared/domain/sweep/sweep.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { createdKeyFrom, profileToItem } from '../../../functions/shared/repositories/profiles.ts';

const textOf = (attributes: ReadonlyMap<string, unknown>) => JSON.stringify([...attributes].sort());

/**
 * Tenant, profiles and sweeps in memory, with the conditions of the real store. Every call waits at `turn`, from where the test lets one go on at a
 * time in any order; what a call does then, it does at once.
 */
export class World {
  tenant: Tenant;
  readonly profiles = new Map<string, Profile>();
  readonly sweeps = new Map<string, TenantSweep>();
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
    return true;
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
    updateProfile: async (read: Profile, change: ProfileChange) => {
      await this.turn('updateProfile');
      const stored = this.profiles.get(read.id);
      if (stored?.appliedVersion !== read.appliedVersion) return undefined;
      const changed = applyChange(stored, change);
      this.profiles.set(read.id, changed);
      return changed;
    },
    settleProfile: async (read: Profile, { removeRoles, attributes, appliedVersion }: Settlement) => {
      await this.turn('settleProfile');
      const stored = this.profiles.get(read.id);
      if (stored?.appliedVersion !== read.appliedVersion) return undefined;
      if (attributes && textOf(read.attributes) !== textOf(stored.attributes)) return undefined;
      const change = { roles: { remove: removeRoles }, ...(attributes && { attributes: { replace: attributes } }) };
      const settled = { ...applyChange(stored, change), appliedVersion };
      this.profiles.set(read.id, settled);
      return settled;
    },
    createProfile: async (profile: Profile) => {
      await this.turn('createProfile');
      this.profiles.set(profile.id, profile);
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
    buryOrphan: () => Promise.reject(new Error('Nothing is deleted here')),
    deleteAttachmentsOf: () => Promise.reject(new Error('Nothing is deleted here')),
    deleteTombstone: () => Promise.reject(new Error('Nothing is deleted here')),
    sleep: async (ms) => {
      await Promise.all(this.requests);
      await this.turn('sleep');
      this.clockMs += ms;
    },
    quietMs: 1000,
  };
}
