import { assertThat, invalidEmailAddress, invalidRequest } from '../../errors/api-error.ts';
import type { Attributes, Credentials, Profile, Tenant } from '../model.ts';
import { defaultsOf } from '../tenant/attribute-definitions.ts';
import { isEmailAddress } from '../values/email-address.ts';
import { newObjectId } from '../values/object-id.ts';
import { cleanse } from './cleansing.ts';

/** Contract 9.1 #54: what a key of the store can hold. */
const USERNAME_LIMIT_BYTES = 1024;

/** 400 `INVALID_EMAIL_ADDRESS` (contract 6.11). */
export const requireEmailAddress = (email: string) =>
  assertThat(isEmailAddress(email), () => invalidEmailAddress(email));

/** 400 `OTHER` for a username that is empty or too long. */
export function requireUsername(username: string): void {
  assertThat(username !== '', () => invalidRequest('Parameter "username" is empty'));
  assertThat(Buffer.byteLength(username) <= USERNAME_LIMIT_BYTES, () =>
    invalidRequest(`Parameter "username" is longer than ${USERNAME_LIMIT_BYTES} bytes`),
  );
}

/** Cleansed where the tenant asks for it (contract 6.8). */
export const cleansed = (attributes: Attributes, tenant: Tenant): Attributes =>
  tenant.cleanseAttributes ? cleanse(attributes, tenant.attributeDefinitions) : attributes;

interface Wanted {
  readonly username: string;
  readonly email: string;
  readonly enabled: boolean;
  readonly roles: readonly string[];
  /** Without nulls. */
  readonly attributes: Attributes;
}

/** A new profile of the tenant: defaults, overlaid with what is given, cleansed (contract 5.17, step 7). */
export function newProfile(tenant: Tenant, wanted: Wanted, nowMs: number): Profile {
  const attributes = cleansed(new Map([...defaultsOf(tenant), ...wanted.attributes]), tenant);
  return {
    id: newObjectId(nowMs),
    tenant: tenant.name,
    tenantId: tenant.id,
    username: wanted.username,
    email: wanted.email,
    verified: false,
    enabled: wanted.enabled,
    createdAtMs: nowMs,
    lastModifiedMs: nowMs,
    roles: [...new Set(wanted.roles)],
    attributes,
    appliedVersion: tenant.version,
    credentialEpoch: nowMs,
    disableEpoch: nowMs,
  };
}

/** The credentials of a new profile; without a hash nobody can sign in to it by password. */
export const newCredentials = (profile: Profile, passwordHash: string | undefined): Credentials => ({
  profileId: profile.id,
  passwordHash,
  credentialEpoch: profile.credentialEpoch,
  failedLoginAttempts: 0,
});
