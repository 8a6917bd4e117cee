import * as z from 'zod/mini';
import { type AccessToken, accessTokenWith } from '../../functions/shared/domain/access/access-token.ts';
import { storable } from '../../functions/shared/domain/profile/attributes.ts';
import { shardOf } from '../../functions/shared/domain/profile/shard.ts';
import { requireUsername } from '../../functions/shared/domain/profile/username.ts';
import { isLegacyHash } from '../../functions/shared/domain/sign-in/legacy-password-hash.ts';
import { requireStorableAttributeName } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import { indexedFieldsOf } from '../../functions/shared/domain/tenant/indexed-fields.ts';
import { type Tenant, tenantWith } from '../../functions/shared/domain/tenant/tenant.ts';
import { isIndexable } from '../../functions/shared/domain/values/email-address.ts';
import { requireStorable, requireWellFormed } from '../../functions/shared/domain/values/json.ts';
import { isObjectId, newObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { accessTokenBody, jsonObject, lenientDateMs, tenantBody } from '../../functions/shared/http/bodies.ts';
import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';

/** One exported document, out of extended JSON; what a schema does not name is left behind (contract 8.2). */
export type Document = { readonly [key: string]: unknown };

const objectId = z.string().check(z.refine(isObjectId, 'is no ObjectId'), z.toLowerCase());
const permission = { allowedActions: z.nullish(z.array(z.string())) };

const accessTokenDocument = z.object({
  _id: z.string(),
  application: z.nullish(z.string()),
  master: z.nullish(z.boolean()),
  tenantPermissions: z.nullish(z.array(z.object({ tenant: z.optional(z.string()), ...permission }))),
  expiresOn: z.nullish(lenientDateMs),
});

const tenantDocument = z.object({
  _id: z.nullish(objectId),
  name: z.string(),
  verifyNewProfiles: z.nullish(z.boolean()),
  ssoEnabled: z.nullish(z.boolean()),
  cleanseAttributes: z.nullish(z.boolean()),
  availableRoles: z.nullish(z.array(z.string())),
  attributeDefinitions: z.nullish(
    z.array(
      z.object({
        name: z.string(),
        metadata: z.nullish(jsonObject),
        defaultValue: z.optional(z.unknown()),
        permissions: z.nullish(z.array(z.object({ application: z.optional(z.string()), ...permission }))),
      }),
    ),
  ),
});

/** A date, or `$now`: the time of the import, for files that people write. */
const seedDate = z.nullish(z.union([z.literal('$now'), lenientDateMs]));

const profileDocument = z.object({
  _id: z.nullish(objectId),
  username: z.string(),
  password: z.nullish(z.string().check(z.refine(isLegacyHash, 'is no hash of the old form'))),
  email: z.nullish(z.string().check(z.refine(isIndexable, 'is longer than 2,000 bytes'))),
  verified: z.nullish(z.boolean()),
  enabled: z.nullish(z.boolean()),
  createdOn: seedDate,
  lastModified: seedDate,
  tenant: z.string(),
  roles: z.nullish(z.array(z.string())),
  attributes: z.nullish(jsonObject),
  failedLoginAttempts: z.nullish(z.int()),
  lastFailedLogin: z.nullish(lenientDateMs),
});

/** A profile with its secrets, as soon as it is known which tenant it belongs to. */
export interface ImportedProfile {
  readonly id: string;
  readonly tenant: string;
  readonly username: string;
  of(tenant: Tenant): NewProfile;
}

/** An ObjectId begins with the second in which it was made. */
const createdAtMsOf = (objectId: string) => Number.parseInt(objectId.slice(0, 8), 16) * 1000;

export function importedAccessToken(document: Document): AccessToken {
  const { _id, ...body } = z.parse(accessTokenDocument, document);
  return accessTokenWith(z.parse(accessTokenBody, body), _id);
}

/** The names of its attributes are in use, so that they stay even where they could not be defined today. */
export function importedTenant(document: Document, nowMs: number): Tenant {
  const { _id, ...body } = z.parse(tenantDocument, document);
  const id = _id ?? newObjectId(nowMs);
  const createdAtMs = createdAtMsOf(id);
  const isKnown = () => true;
  return { ...tenantWith(z.parse(tenantBody, body), nowMs, isKnown), id, createdAtMs };
}

/** Epochs start from the clock, so that an imported id revives no old session. */
export function importedProfile(document: Document, nowMs: number): ImportedProfile {
  const { _id, username, tenant, ...rest } = z.parse(profileDocument, document);
  const { password, failedLoginAttempts, lastFailedLogin, roles, attributes, createdOn, lastModified } = rest;
  requireUsername(username);
  requireStorable(attributes ?? {}, 'An attribute');
  for (const name of Object.keys(attributes ?? {})) requireStorableAttributeName(name);
  for (const text of [username, tenant, rest.email ?? '', ...(roles ?? [])]) requireWellFormed(text, 'The document');
  const id = _id ?? newObjectId(nowMs);
  const dateOf = (date: typeof createdOn) => (date === '$now' ? nowMs : date);
  const createdAtMs = dateOf(createdOn) ?? createdAtMsOf(id);
  const profile = {
    id,
    tenant,
    username,
    email: rest.email ?? '',
    verified: rest.verified ?? false,
    enabled: rest.enabled ?? false,
    createdAtMs,
    lastModifiedMs: dateOf(lastModified) ?? createdAtMs,
    roles: [...new Set(roles ?? [])],
    attributes: storable(new Map(Object.entries(attributes ?? {}))),
    credentialEpoch: nowMs,
    disableEpoch: nowMs,
    emailEpoch: 0,
    revision: 0,
  };
  const credentials = {
    profileId: id,
    passwordHash: password ?? undefined,
    credentialEpoch: nowMs,
    failedLoginAttempts: failedLoginAttempts ?? 0,
    lastFailedLoginMs: lastFailedLogin ?? undefined,
  };
  return {
    id,
    tenant,
    username,
    of: (owner) => ({
      profile: { ...profile, tenantId: owner.id, appliedVersion: owner.version, shard: shardOf(id, owner) },
      credentials,
      fields: indexedFieldsOf(owner),
    }),
  };
}
