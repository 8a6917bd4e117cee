import { ApiError } from '../../errors/api-error.ts';
import type { Expected, ProfileChange } from '../../repositories/profile-writes.ts';
import type { Profile, Tenant } from '../model.ts';
import { lagOf, settle } from '../tenant/settle.ts';

/** How a changed profile is stored. */
export interface SettledStore {
  updateProfile(profile: Profile, change: ProfileChange, expected?: Expected): Promise<Profile | undefined>;
}

/**
 * Roles go one by one and attributes are replaced as a whole, on condition that they are as read: writers that still knew the tenant as it was
 * before may come in between, and what they wrote must neither be lost nor escape the change.
 */
function writeSettled({ updateProfile }: SettledStore, stored: Profile, tenant: Tenant): Promise<Profile | undefined> {
  const lag = lagOf(stored, tenant);
  const touchesAttributes = lag.some((change) => change.removeAttributes.length + change.defaults.size > 0);
  const removeRoles = [...new Set(lag.flatMap((change) => change.removeRoles))];
  const { attributes } = settle(stored, tenant);
  return updateProfile(
    stored,
    { removeRoles, ...(touchesAttributes && { attributes }), appliedVersion: tenant.version },
    touchesAttributes ? { attributes: stored.attributes } : {},
  );
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
  try {
    return await writeSettled(store, stored, tenant);
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'invalidRequest') throw error;
    return writeSettled(store, stored, withoutDefaults(tenant));
  }
}
