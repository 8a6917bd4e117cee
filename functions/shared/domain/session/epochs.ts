import type { Profile } from '../profile/profile.ts';

/** What a session or token remembers of its profile's epochs. */
export interface Epochs {
  readonly credentialEpoch: number;
  readonly disableEpoch: number;
}

/** What stands for a profile and dies with its epochs. */
export interface BoundToProfile extends Epochs {
  readonly tenant: string;
  readonly profileId: string;
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
