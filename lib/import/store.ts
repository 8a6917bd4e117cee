import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { createAccessToken } from '../../functions/shared/repositories/access-tokens.ts';
import { type TransactionItem, transact } from '../../functions/shared/repositories/dynamodb/writes.ts';
import { newProfileItems } from '../../functions/shared/repositories/profile-writes.ts';
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

/** A transaction takes 100 items and 4 MB; a profile is three items. */
const BATCH_PROFILES = 33;
const BATCH_BYTES = 2_000_000;
const PARALLEL_BATCHES = 4;

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

interface Batched {
  readonly name: string;
  readonly items: Readonly<Record<string, TransactionItem>>;
}

/** Batches that a transaction can hold. */
function batchesOf(all: readonly Batched[]): readonly (readonly Batched[])[] {
  const batches: Batched[][] = [];
  let bytes = BATCH_BYTES;
  for (const one of all) {
    const size = JSON.stringify(one.items).length;
    const last = batches.at(-1);
    if (last !== undefined && last.length < BATCH_PROFILES && bytes + size < BATCH_BYTES) {
      last.push(one);
      bytes += size;
    } else {
      batches.push([one]);
      bytes = size;
    }
  }
  return batches;
}

/** Stores what is new of a batch; answers the names of what is there already. */
async function storeBatch(batch: readonly Batched[]): Promise<readonly string[]> {
  let open = batch;
  const taken: string[] = [];
  while (open.length > 0) {
    const items = open.flatMap((one, at) => Object.entries(one.items).map(([part, item]) => [`${at} ${part}`, item]));
    const failed = await transact<string>(Object.fromEntries(items));
    if (failed.size === 0) break;
    const failedAt = new Set([...failed].map((name) => Number.parseInt(name, 10)));
    taken.push(...open.filter((_, at) => failedAt.has(at)).map(({ name }) => name));
    open = open.filter((_, at) => !failedAt.has(at));
  }
  return taken;
}

async function storeProfiles(
  profiles: readonly ImportedProfile[],
  tenants: ReadonlyMap<string, Tenant>,
): Promise<readonly string[]> {
  const batched = profiles.flatMap((imported): Batched[] => {
    const tenant = tenants.get(imported.tenant);
    if (tenant === undefined) return [];
    const { profile, credentials } = imported.of(tenant);
    const name = `profile "${imported.username}" of tenant "${imported.tenant}"`;
    return [{ name, items: newProfileItems(profile, credentials) }];
  });
  const batches = batchesOf(batched);
  const taken: string[] = [];
  for (let from = 0; from < batches.length; from += PARALLEL_BATCHES) {
    const some = batches.slice(from, from + PARALLEL_BATCHES);
    taken.push(...(await Promise.all(some.map(storeBatch))).flat());
  }
  return taken;
}

/** Stores an export beside what is there, which stays as it is: an import that broke off can be repeated. Throws an `ImportError`. */
export async function storeExportedData(data: ExportedData): Promise<Stored> {
  const tenants = await tenantsFor(data);
  const takenTenants: string[] = [];
  for (const tenant of data.tenants) if (!(await createTenant(tenant))) takenTenants.push(`tenant "${tenant.name}"`);
  const takenTokens: string[] = [];
  for (const token of data.accessTokens)
    if (!(await createAccessToken(token))) takenTokens.push(`access token of application "${token.application}"`);
  const takenProfiles = await storeProfiles(data.profiles, tenants);
  return {
    accessTokens: data.accessTokens.length - takenTokens.length,
    tenants: data.tenants.length - takenTenants.length,
    profiles: data.profiles.length - takenProfiles.length,
    alreadyThere: [...takenTenants, ...takenTokens, ...takenProfiles],
  };
}
