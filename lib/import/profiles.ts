import { setTimeout as sleep } from 'node:timers/promises';
import { oneAfterAnother } from '../../functions/shared/domain/concurrency/one-after-another.ts';
import type { BatchWork, FoundProfile } from './batch-work.ts';
import { type Importing, writes } from './importing.ts';
import { KeySet } from './key-set.ts';
import type { OpenTenant } from './open-tenant.ts';
import { importBatch, TenantLost } from './profile-batch.ts';
import { readRecords } from './read-records.ts';
import { profileRecord } from './records/profile.ts';
import type { Lines } from './rejects-file.ts';
import { loginOf } from './report.ts';
import { requireSupported } from './signs-of-age.ts';
import { type ImportedTenants, isClosed } from './tenants.ts';

const COLLECTION = 'profile';
/** What is read before it is written, while the one before it is. */
const ROUND_PROFILES = 1000;
const ROUND_CHARACTERS = 8_000_000;
/** Of one tenant in a round. */
const TENANTS_AT_ONCE = 8;
/** A transaction looks at its tenant, and two that look at one item may meet: where others write too, the pace leaves time for one after the other. */
const TRANSACTIONS_AT_ONCE = 4;

const sizeOf = ({ record }: FoundProfile) => {
  let size = 200;
  for (const [name, { text }] of record.attributes) size += name.length + text.length;
  return size;
};

/** Streams the profiles of an import from its files to its tenants. */
export class ProfileImport {
  /** Of profiles that are taken, or are here. */
  readonly ids = new KeySet();
  /** What storing them takes, or took. */
  writeUnits = 0;
  readonly #importing: Importing;
  readonly #tenants: ImportedTenants;
  readonly #newIds: Lines;
  /** Milliseconds that the profiles of each tenant take at the pace of the import. */
  readonly #pacedMs = new Map<string, number>();
  readonly #seen = new KeySet();
  #done = 0;

  constructor(importing: Importing, tenants: ImportedTenants, newIds: Lines) {
    this.#importing = importing;
    this.#tenants = tenants;
    this.#newIds = newIds;
  }

  /** How long new profiles take at least at the pace of the import, in milliseconds: those of one tenant come one after the other. */
  get leastMs(): number {
    const all = [...this.#pacedMs.values()];
    const sum = all.reduce((total, ms) => total + ms, 0);
    return all.reduce((most, ms) => Math.max(most, ms), sum / TENANTS_AT_ONCE);
  }

  /** How many are worked off. */
  get done(): number {
    return this.#done;
  }

  async run(): Promise<void> {
    const { nowMs, options, heard } = this.#importing;
    const reading = { nowMs, newIds: options.newIds === true };
    let isFirst = true;
    let round: FoundProfile[] = [];
    let size = 0;
    let running = Promise.resolve();
    const flush = async () => {
      const batch = round;
      [round, size] = [[], 0];
      await running;
      running = this.#import(batch);
      // It is waited for before the next one, or at the end.
      running.catch(() => undefined);
    };
    for await (const found of readRecords(
      this.#importing,
      COLLECTION,
      (fields) => {
        // Once there was one of today, another one is odd by itself.
        if (isFirst) requireSupported(fields);
        isFirst = false;
        return profileRecord(fields, reading);
      },
      heard,
    )) {
      if (!this.#isFirst(found)) continue;
      round.push(found);
      size += sizeOf(found);
      if (round.length >= ROUND_PROFILES || size >= ROUND_CHARACTERS) await flush();
    }
    await flush();
    await running;
  }

  #isFirst({ record, origin }: FoundProfile): boolean {
    const { report } = this.#importing;
    const isFirst =
      this.#seen.add(loginOf(record.tenant, record.username)) &&
      (record.id === undefined || this.#seen.add(`id ${record.id}`));
    if (!isFirst)
      report.reject(origin, undefined, 'its id, or its username in its tenant, is there twice: the first one is taken');
    return isFirst;
  }

  async #import(round: readonly FoundProfile[]): Promise<void> {
    const byTenant = Map.groupBy(round, ({ record }) => record.tenant);
    await oneAfterAnother(byTenant, TENANTS_AT_ONCE, ([name, batch]) => this.#importInto(name, batch));
    this.#done += round.length;
  }

  async #importInto(name: string, batch: readonly FoundProfile[]): Promise<void> {
    const { report, options } = this.#importing;
    const tenant = await this.#tenants.find(name);
    if (isClosed(tenant)) {
      for (const { record, origin } of batch)
        if (tenant.isRejected) this.#tenants.leaveOut(record);
        else report.reject(origin, 'tenant', tenant.reason);
      return;
    }
    for (const { record } of batch)
      for (const attribute of record.attributes.keys())
        if (!tenant.defines(attribute))
          report.odd({ kind: 'an attribute that its tenant does not define is stored, hidden', field: attribute });
    const { paceMs = 0 } = options;
    const beganAtMs = Date.now();
    const work: BatchWork = {
      importing: this.#importing,
      tenant,
      atATime: paceMs > 0 ? 1 : TRANSACTIONS_AT_ONCE,
      looksFirst: !tenant.isNew || !writes(this.#importing),
      taken: (found, id, writeUnits) => this.#take(found, id, writeUnits, tenant),
    };
    try {
      const written = await importBatch(work, batch);
      await sleep(Math.max(0, beganAtMs + (paceMs * written) / (tenant.tenant.shards ?? 1) - Date.now()));
    } catch (fault) {
      if (!(fault instanceof TenantLost)) throw fault;
      report.say(`Warning: profiles of tenant ${JSON.stringify(name)} are left out: ${fault.message}.`);
      for (const { origin } of fault.left) report.reject(origin, 'tenant', fault.message);
      if (fault.isGone) this.#tenants.close(name, fault.message);
    }
  }

  #take({ record, origin }: FoundProfile, id: string, writeUnits: number, tenant: OpenTenant): void {
    if (writeUnits > 0) {
      const ms = (this.#importing.options.paceMs ?? 0) / (tenant.tenant.shards ?? 1);
      this.#pacedMs.set(record.tenant, (this.#pacedMs.get(record.tenant) ?? 0) + ms);
    }
    this.ids.add(id);
    this.writeUnits += writeUnits;
    if (record.oldId !== undefined && writes(this.#importing))
      this.#newIds.add({ file: origin.file, at: origin.at, tenant: record.tenant, _id: record.oldId, newId: id });
  }
}
