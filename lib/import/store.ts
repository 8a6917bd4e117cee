import { setTimeout as sleep } from 'node:timers/promises';
import { batchesOf } from '../../functions/shared/domain/concurrency/in-parallel.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { createAccessToken } from '../../functions/shared/repositories/access-tokens.ts';
import { importProfiles } from '../../functions/shared/repositories/new-profiles.ts';
import { createTenant, findTenant } from '../../functions/shared/repositories/tenants.ts';
import type { ImportedProfile } from './documents.ts';
import { type ExportedData, ImportError } from './exported-data.ts';

/** How many of each are new, and names of those that were there already and stay as they are. */
export interface Stored {
  readonly accessTokens: number;
  readonly tenants: number;
  readonly profiles: number;
  readonly alreadyThere: readonly string[];
}

/** How an import goes on beside others. */
export interface StoreOptions {
  readonly onStored?: OnStored | undefined;
  /** Milliseconds that a profile takes at least, divided by its tenant's shards; none for an installation that nobody else writes to. */
  readonly paceMs?: number | undefined;
}

/** Hears how many profiles of how many are stored; what it throws ends the import. */
export type OnStored = (done: number, all: number) => void;

const PROFILES_AT_ONCE = 1000;

/** How long profiles have to take. */
const leastMsOf = (batch: readonly ImportedProfile[], tenants: ReadonlyMap<string, Tenant>, paceMs: number): number =>
  batch.reduce((sum, { tenant }) => sum + paceMs / (tenants.get(tenant)?.shards ?? 1), 0);

/** The tenant of every profile: of the export, or of the store; one that is in neither is a fault. */
async function tenantsFor(data: ExportedData): Promise<ReadonlyMap<string, Tenant>> {
  const names = new Set([...data.tenants, ...data.profiles].map((one) => ('tenant' in one ? one.tenant : one.name)));
  const known = new Map(data.tenants.map((tenant) => [tenant.name, tenant]));
  for (const name of names) {
    const stored = await findTenant(name);
    if (stored !== undefined) known.set(name, stored);
  }
  const faults = data.profiles
    .filter(({ tenant }) => !known.has(tenant))
    .map(({ username, tenant }) => `profile "${username}": its tenant "${tenant}" does not exist`);
  if (faults.length > 0) throw new ImportError(faults);
  return known;
}

/** Stores what is new of the profiles; answers the names of what is there already. */
async function storeProfiles(
  profiles: readonly ImportedProfile[],
  tenants: ReadonlyMap<string, Tenant>,
  { onStored, paceMs = 0 }: StoreOptions,
): Promise<readonly string[]> {
  const taken: string[] = [];
  let done = 0;
  for (const batch of batchesOf(profiles, PROFILES_AT_ONCE)) {
    const untilMs = Date.now() + leastMsOf(batch, tenants, paceMs);
    const those = await importProfiles(
      batch.flatMap((imported) => {
        const tenant = tenants.get(imported.tenant);
        return tenant === undefined ? [] : [imported.of(tenant)];
      }),
    );
    const there = batch.filter(({ id }) => those.has(id));
    taken.push(...there.map(({ username, tenant }) => `profile "${username}" of tenant "${tenant}"`));
    done += batch.length;
    onStored?.(done, profiles.length);
    await sleep(Math.max(0, untilMs - Date.now()));
  }
  return taken;
}

/** Stores an export beside what is there, which stays as it is: an import that broke off can be repeated. Throws an `ImportError`. */
export async function storeExportedData(data: ExportedData, options: StoreOptions = {}): Promise<Stored> {
  const tenants = await tenantsFor(data);
  const takenTenants: string[] = [];
  for (const tenant of data.tenants) if (!(await createTenant(tenant))) takenTenants.push(`tenant "${tenant.name}"`);
  const takenTokens: string[] = [];
  for (const token of data.accessTokens)
    if (!(await createAccessToken(token))) takenTokens.push(`access token of application "${token.application}"`);
  const takenProfiles = await storeProfiles(data.profiles, tenants, options);
  return {
    accessTokens: data.accessTokens.length - takenTokens.length,
    tenants: data.tenants.length - takenTenants.length,
    profiles: data.profiles.length - takenProfiles.length,
    alreadyThere: [...takenTenants, ...takenTokens, ...takenProfiles],
  };
}
