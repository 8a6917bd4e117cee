import { redoRefused } from '../concurrency/redo-refused.ts';
import type { Profile } from '../profile/profile.ts';
import { type SettledStore, storeSettled } from '../profile/write-profile.ts';
import { changesIndex, lagOf, type PendingChange, settle } from '../tenant/pending-changes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { doEach, type PageOutcome, type PageStore } from './each-profile.ts';

/** How lagging profiles are found and stored. */
export interface SettlingStore extends SettledStore, PageStore {}

/** Whether every profile has to take the version in: something goes, or the index becomes another. */
const concernsAll = (change: PendingChange): boolean =>
  change.removeRoles.length + change.removeAttributes.length > 0 || changesIndex(change);

/**
 * Whether nothing has to be written: no role and no attribute goes, the index stays, and no default value is missing. Else the version is written
 * even if the profile lacks what goes, which shuts out the writers that still know the tenant as it was before.
 */
function isSettledAnyhow(stored: Profile, tenant: Tenant): boolean {
  return !lagOf(stored, tenant).some(concernsAll) && settle(stored, tenant).attributes.size === stored.attributes.size;
}

/** Settles one profile; true where it lagged behind a change that is about to be carried out, or changed meanwhile. */
async function settleStored(store: SettlingStore, read: Profile | undefined, tenant: Tenant, version: number) {
  if (read === undefined) return false;
  const lagged = await redoRefused(
    read,
    async (stored) => {
      if (stored.tenantId !== tenant.id || isSettledAnyhow(stored, tenant)) return stored !== read;
      const settled = await storeSettled(store, stored, tenant);
      return settled && lagOf(stored, tenant).some((change) => change.version <= version);
    },
    ({ id }) => store.findProfile(id),
  );
  return lagged ?? true;
}

/** Settles the profiles of a page; found is one that lagged behind a change up to `version`. */
export const settlePage = (
  store: SettlingStore,
  tenant: Tenant,
  ids: readonly string[],
  version: number,
): Promise<PageOutcome> => doEach(store, ids, (_id, read) => settleStored(store, read, tenant, version));
