import type { PendingChange, Profile, Tenant } from '../model.ts';
import type { JsonValue } from '../values/json.ts';

/** The tenant's changes that the stored profile has not taken in yet, oldest first. */
export const lagOf = (profile: Profile, tenant: Tenant): readonly PendingChange[] =>
  tenant.pending.filter((change) => change.version > profile.appliedVersion);

/**
 * The profile as the tenant's changes make it, however far the worker is (data model, section 4). Every reader uses it, so that a change is
 * visible everywhere at once.
 */
export function settle(profile: Profile, tenant: Tenant): Profile {
  const lag = lagOf(profile, tenant);
  if (lag.length === 0) return profile;
  const roles = new Set(profile.roles);
  const attributes = new Map<string, JsonValue>(profile.attributes);
  for (const change of lag) {
    for (const role of change.removeRoles) roles.delete(role);
    for (const name of change.removeAttributes) attributes.delete(name);
    for (const [name, value] of change.defaults) if (!attributes.has(name)) attributes.set(name, value);
  }
  return { ...profile, roles: [...roles], attributes, appliedVersion: tenant.version };
}
