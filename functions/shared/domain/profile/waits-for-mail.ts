import type { Profile } from './profile.ts';

/** Whether a profile was made to wait for its verification mail, and still does: nobody has verified it, let it in or shut it out since. */
export const waitsForMail = ({ verified, enabled, disableEpoch, createdAtMs }: Profile): boolean =>
  !enabled && !verified && disableEpoch === createdAtMs;
