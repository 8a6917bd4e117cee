import type { IndexedProfile } from '../../functions/shared/domain/profile/indexed-profile.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';

/** A profile of a tenant that indexes nothing but roles. */
export const indexedByRoles = (profile: Profile): IndexedProfile => ({ profile, fields: ['roles'] });
