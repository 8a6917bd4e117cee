import { oneAfterAnother } from '../../functions/shared/domain/concurrency/one-after-another.ts';
import type { FirebaseKeys } from '../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { newObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { tenantToItems } from '../../functions/shared/repositories/tenant-items.ts';
import { installation } from './import-store.ts';
import { type Importing, writes } from './importing.ts';
import { requireFittingItems } from './item-size.ts';
import { mergedTenant, mergeTenant } from './merge-tenant.ts';
import { OpenTenant } from './open-tenant.ts';
import { plural } from './plural.ts';
import { attempt, type Found, readRecords } from './read-records.ts';
import type { Fields } from './records/fields.ts';
import { firebaseKeysIn } from './records/firebase-keys.ts';
import type { ProfileRecord } from './records/profile.ts';
import { tenantRecord } from './records/tenant.ts';
import type { Origin } from './report.ts';
import { requireSupported, type SignsOfAge } from './signs-of-age.ts';
import { differenceOf } from './tenant-difference.ts';

const COLLECTION = 'tenant';
/** Tenants that are looked for and made. */
const AT_ONCE = 8;

/** A tenant that takes no profiles, and why. */
export interface ClosedTenant {
  readonly reason: string;
  /** Its profiles are counted together, and not rejected one by one: the tenant itself is. */
  readonly isRejected: boolean;
}

export const isClosed = (tenant: OpenTenant | ClosedTenant): tenant is ClosedTenant => 'reason' in tenant;

/** The tenants that profiles of an import go to. */
export class ImportedTenants {
  readonly #importing: Importing;
  readonly #byName = new Map<string, OpenTenant | ClosedTenant>();
  /** Tenants that profiles of the files asked for. */
  readonly #asked = new Set<string>();
  /** Of the first tenant of each name in the files. */
  readonly #firebaseKeys = new Map<string, FirebaseKeys | undefined>();
  /** Profiles of tenants that were rejected. */
  readonly #leftOut = new Map<string, number>();

  constructor(importing: Importing) {
    this.#importing = importing;
  }

  /** The tenant that profiles of the files name, of the files or stored. */
  async find(name: string): Promise<OpenTenant | ClosedTenant> {
    this.#asked.add(name);
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const stored = await this.#importing.stored.findTenant(name);
    const found =
      stored === undefined
        ? { reason: 'its tenant is neither in the files nor here', isRejected: false }
        : new OpenTenant(stored, false);
    this.#byName.set(name, found);
    return found;
  }

  /** It takes no more profiles: each that comes is rejected. */
  close(name: string, reason: string): void {
    this.#byName.set(name, { reason, isRejected: false });
  }

  get #opened(): readonly OpenTenant[] {
    return [...this.#byName.values()].flatMap((one) => (isClosed(one) ? [] : [one]));
  }

  /** Those that were here before: of which the files have profiles, and of which they have none. */
  get known(): { readonly withProfiles: readonly Tenant[]; readonly without: readonly Tenant[] } {
    const known = this.#opened.flatMap(({ isNew, tenant }) => (isNew ? [] : [tenant]));
    const { withProfiles = [], without = [] } = Object.groupBy(known, ({ name }) =>
      this.#asked.has(name) ? 'withProfiles' : 'without',
    );
    return { withProfiles, without };
  }

  /** Counts a profile of a tenant that was rejected. */
  leaveOut({ tenant: name, id }: ProfileRecord): void {
    if (id !== undefined) this.#importing.report.leaveBehind(id);
    this.#leftOut.set(name, (this.#leftOut.get(name) ?? 0) + 1);
  }

  sayWhatIsLeftOut(): void {
    for (const [name, count] of this.#leftOut)
      this.#importing.report.say(
        `Warning: ${plural(count, 'profile')} of tenant ${JSON.stringify(name)} left out, as the tenant is.`,
      );
  }

  /** Reads the tenants of the files, and makes those that are new. */
  async import(signs: SignsOfAge): Promise<void> {
    const { nowMs, report, heard } = this.#importing;
    const records: Found<Tenant>[] = [];
    const recordOf = (fields: Fields) => {
      signs.seeTenant(fields);
      requireSupported(fields);
      try {
        const tenant = tenantRecord(fields, nowMs);
        if (!this.#firebaseKeys.has(tenant.name)) this.#firebaseKeys.set(tenant.name, firebaseKeysIn(fields));
        requireFittingItems(tenantToItems(tenant).body);
        return tenant;
      } catch (fault) {
        const name = fields.value('name');
        if (typeof name === 'string') this.#byName.set(name, { reason: 'its tenant was rejected', isRejected: true });
        throw fault;
      }
    };
    const names = new Set<string>();
    for await (const found of readRecords(this.#importing, COLLECTION, recordOf, heard)) {
      if (names.has(found.record.name)) report.reject(found.origin, 'name', 'is there twice: the first one is taken');
      else records.push(found);
      names.add(found.record.name);
    }
    await this.#open(records);
    for (const tenant of this.#opened) tenant.firebaseKeys = this.#firebaseKeys.get(tenant.tenant.name);
  }

  async #open(records: readonly Found<Tenant>[]): Promise<void> {
    if (records.length === 0) return;
    const { stored } = this.#importing;
    const [idsByName, sweeps] = await Promise.all([stored.tenantIds(), stored.listSweeps()]);
    const deleted = new Set(sweeps.flatMap((sweep) => (sweep.kind === 'delete' ? [sweep.tenant] : [])));
    const ids = new Set([
      ...idsByName.values(),
      ...sweeps.flatMap((sweep) => ('tenantId' in sweep ? [sweep.tenantId] : [])),
    ]);
    const found = new Map<string, Tenant>();
    await oneAfterAnother(records, AT_ONCE, async ({ record: { name } }) => {
      const there = idsByName.has(name) && !deleted.has(name) ? await stored.findTenant(name) : undefined;
      if (there !== undefined) found.set(name, there);
    });
    const news: Found<Tenant>[] = [];
    // In the order of the files, whatever was found first: what is said stays the same.
    for (const one of records) {
      const { name } = one.record;
      const there = found.get(name);
      if (deleted.has(name)) this.#refuse(name, one.origin);
      else if (there === undefined) news.push(one);
      else this.#byName.set(name, await this.#goOnWith(there, one));
    }
    await oneAfterAnother(news, AT_ONCE, (one) => this.#make(one, ids));
  }

  #refuse(name: string, origin: Origin): void {
    const reason = 'a tenant of this name was deleted, and not all of it is gone: "npm run admin -- sweep" ends that';
    this.#importing.report.reject(origin, 'name', reason);
    this.#byName.set(name, { reason, isRejected: true });
  }

  /** Never under an id that another tenant has, or that is still being deleted. */
  async #make(found: Found<Tenant>, ids: Set<string>): Promise<void> {
    const { report, nowMs, options } = this.#importing;
    const { record, origin } = found;
    const isTaken = ids.has(record.id);
    if (isTaken) report.odd({ kind: 'a tenant got a new id: another one has its own', field: '_id' });
    const tenant = isTaken ? { ...record, id: newObjectId(nowMs) } : record;
    ids.add(tenant.id);
    if (options.verify) {
      report.count('tenant', 'missing');
      this.#byName.set(tenant.name, new OpenTenant(tenant, true));
      return;
    }
    if (writes(this.#importing) && !(await installation.createTenant(tenant))) {
      const there = await installation.findTenant(tenant.name);
      if (there !== undefined) this.#byName.set(tenant.name, await this.#goOnWith(there, found));
      else report.reject(origin, 'name', 'was made and deleted by others while the import went on: import once more');
      return;
    }
    report.count('tenant', 'imported');
    this.#byName.set(tenant.name, new OpenTenant(tenant, true));
  }

  async #goOnWith(there: Tenant, found: Found<Tenant>): Promise<OpenTenant> {
    const { report, options, nowMs } = this.#importing;
    const { record, origin } = found;
    const difference = differenceOf(there, record);
    if (difference.length === 0) {
      report.count('tenant', 'there');
      return new OpenTenant(there, false);
    }
    report.say(`Tenant ${JSON.stringify(there.name)} is here already, and differs from the files:`);
    for (const line of difference) report.say(`  ${line}`);
    const merged = options.mergeTenants ? attempt(report, origin, () => mergedTenant(there, record, nowMs)) : there;
    if (merged === undefined) return new OpenTenant(there, false);
    if (merged === there) {
      report.count('tenant', 'different');
      if (!(options.mergeTenants || options.verify))
        report.say('  It stays as it is: --merge-tenants adds the roles and definitions that it lacks.');
      return new OpenTenant(there, false);
    }
    report.count('tenant', 'replaced');
    const stored = writes(this.#importing) ? await mergeTenant(there, record) : merged;
    return new OpenTenant(stored ?? merged, false);
  }
}
