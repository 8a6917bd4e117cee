import type { Epochs, Profile, Tenant } from './model.ts';

/**
 * The profile, if it is there for the API: its tenant exists and is the one that it was made in. A tenant deleted, or made anew under the same
 * name, has no old profiles from that moment on (data model, section 2).
 */
export function present(profile: Profile | undefined, tenant: Tenant | undefined): profile is Profile {
  return profile !== undefined && tenant !== undefined && profile.tenantId === tenant.id;
}

/** Whether a ticket or persistent login of these epochs still stands for the profile (contract 9.1 #10, #50). */
export const isLiveSession = (epochs: Epochs, profile: Profile): boolean =>
  profile.enabled && epochs.credentialEpoch === profile.credentialEpoch && epochs.disableEpoch === profile.disableEpoch;
