import * as z from 'zod/mini';
import { projectAttributes } from '../../domain/profile/attributes.ts';
import type { LoadedProfile } from '../../domain/profile/load-profile.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import { readableAttributes } from '../../domain/tenant/attribute-permissions.ts';
import { isJsonObject } from '../../domain/values/json.ts';
import type { Attributes } from '../../domain/values/json-text.ts';
import { dateMs } from './date.ts';

/** Any JSON value by attribute name (contract 6.1). */
export const attributesResource = z.custom<Attributes>((value) => value instanceof Map || isJsonObject(value));

/** Contract 2.1: exactly ten fields. */
export const profileResource = z.object({
  id: z.string(),
  username: z.string(),
  email: z.nullable(z.string()),
  verified: z.boolean(),
  enabled: z.boolean(),
  createdOn: dateMs,
  lastModified: dateMs,
  tenant: z.string(),
  roles: z.array(z.string()),
  attributes: attributesResource,
});

/** Several of them, in the order that was asked for. */
export const profileListResource = z.array(profileResource);

/** The profile with all the attributes that it holds: what the caller may not see must be gone by now. */
export function presentProfile(profile: Profile): z.input<typeof profileResource> {
  return {
    id: profile.id,
    username: profile.username,
    email: profile.email,
    verified: profile.verified,
    enabled: profile.enabled,
    createdOn: profile.createdAtMs,
    lastModified: profile.lastModifiedMs,
    tenant: profile.tenant,
    roles: [...profile.roles],
    attributes: profile.attributes,
  };
}

/**
 * The profile with the attributes that the caller may read, and those just written even if not readable (SAVE, contract 5), cut down to those
 * asked for (6.1.4).
 */
export function presentTo(
  { caller, tenant, profile }: Pick<LoadedProfile, 'caller' | 'tenant' | 'profile'>,
  attributesToReturn: readonly string[] | undefined,
  justWritten: Iterable<string> = [],
): z.input<typeof profileResource> {
  const visible = new Set([...readableAttributes(caller, tenant), ...justWritten]);
  const shown = new Map([...profile.attributes].filter(([name]) => visible.has(name)));
  return presentProfile({ ...profile, attributes: projectAttributes(shown, attributesToReturn) });
}
