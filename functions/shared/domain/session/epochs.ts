import type { BoundToProfile, Epochs, Profile, Tenant } from '../model.ts';
import { settle } from '../tenant/settle.ts';

/**
 * The profile, settled, if it is there for the API: its tenant exists and is the one that it was made in. A tenant deleted, or made anew under the same
 * name, has no old profiles from that moment on (data model, section 2).
 */
export function settledFor(
  stored: Profile | undefined,
  tenant: Tenant | undefined,
): { stored: Profile; profile: Profile; tenant: Tenant } | undefined {
  if (stored === undefined || tenant === undefined || stored.tenantId !== tenant.id) return undefined;
  return { stored, tenant, profile: settle(stored, tenant) };
}

/** What a ticket, persistent login or verification token made now remembers of the profile. */
export const boundTo = ({ tenant, id, credentialEpoch, disableEpoch }: Profile): BoundToProfile => ({
  tenant,
  profileId: id,
  credentialEpoch,
  disableEpoch,
});

/** Whether a ticket or persistent login of these epochs still stands for the profile (contract 9.1 #10, #50). */
export const isLiveSession = (epochs: Epochs, profile: Profile): boolean =>
  profile.enabled && epochs.credentialEpoch === profile.credentialEpoch && epochs.disableEpoch === profile.disableEpoch;
