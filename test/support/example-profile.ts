import type { Profile } from '../../functions/shared/domain/profile/profile.ts';

/** A profile that is stored nowhere. */
export const exampleProfile = (partial: Partial<Profile> = {}): Profile => ({
  id: '592715d4d4c650e226b03b62',
  tenant: 'default',
  tenantId: '5a0000000000000000000001',
  username: 'mara',
  email: 'mara@example.com',
  verified: false,
  enabled: true,
  createdAtMs: 1,
  lastModifiedMs: 1,
  roles: [],
  attributes: new Map(),
  appliedVersion: 1,
  credentialEpoch: 1,
  disableEpoch: 1,
  emailEpoch: 0,
  revision: 0,
  ...partial,
});
