import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import type { FirebaseKeys } from '../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import { isLegacyHash } from '../../functions/shared/domain/sign-in/legacy-password-hash.ts';
import type { AttributeDefinition } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { type Attributes, JsonText, jsonTextOf } from '../../functions/shared/domain/values/json-text.ts';
import type { WholeProfile } from '../../functions/shared/repositories/whole-profiles.ts';
import { hasDollarKey, mayBeMistaken, mayBeMistakenWithin } from './dollar-keys.ts';
import type { Losses } from './losses.ts';

/** Of our own, which the importer reads without a loss, or what the tools of the old server read. */
export const formats = ['own', 'mongoexport'] as const;
export type Format = (typeof formats)[number];

/** How documents are written. */
export interface Writing {
  readonly format: Format;
  readonly withSecrets: boolean;
}

export const objectId = (id: string) => ({ $oid: id });
/** Both generations of extended JSON, and every tool, read it so; text they read up to the year 9999. */
export const date = (ms: number) => ({ $date: { $numberLong: String(ms) } });

/** Sets of the store have no order of their own. */
const inOrder = (texts: readonly string[]) => [...texts].sort();
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
const unlessNull = <Value>(value: Value | null) => value ?? undefined;

/** A stored access token (contract 8.2) as JSON. */
export const accessTokenJson = ({ id, application, master, tenantPermissions, expiresOnMs }: AccessToken): string =>
  jsonTextOf({
    _id: id,
    application: unlessNull(application),
    master,
    tenantPermissions: tenantPermissions.map(({ tenant, allowedActions }) => ({
      tenant,
      allowedActions: unlessNull(allowedActions),
    })),
    expiresOn: expiresOnMs === null ? undefined : date(expiresOnMs),
  });

/** A value under its name, or as text under another one where it could be mistaken; in the old server's form it is left out then. */
function withValue(
  name: 'metadata' | 'defaultValue',
  value: JsonText | undefined,
  { format }: Writing,
  losses: Losses,
) {
  if (value === undefined) return {};
  if (format === 'own') return mayBeMistakenWithin(value) ? { [`${name}Text`]: value.text } : { [name]: value };
  if (!hasDollarKey(value)) return { [name]: value };
  losses.count('definition');
  return {};
}

function definitionOf(definition: AttributeDefinition, writing: Writing, losses: Losses) {
  const { name, metadata, defaultValue, permissions } = definition;
  return {
    name,
    ...withValue('metadata', metadata === null ? undefined : JsonText.of(metadata), writing, losses),
    ...withValue('defaultValue', defaultValue === null ? undefined : JsonText.of(defaultValue), writing, losses),
    permissions: permissions.map(({ application, allowedActions }) => ({
      application,
      allowedActions: unlessNull(allowedActions),
    })),
  };
}

/** A stored tenant (contract 8.2) as JSON, with what its hashes of Firebase are made with, where that may be told. */
export const tenantJson = (tenant: Tenant, writing: Writing, losses: Losses, firebaseKeys?: FirebaseKeys): string =>
  jsonTextOf({
    _id: objectId(tenant.id),
    name: tenant.name,
    verifyNewProfiles: tenant.verifyNewProfiles,
    ssoEnabled: tenant.ssoEnabled,
    cleanseAttributes: tenant.cleanseAttributes,
    availableRoles: inOrder(tenant.availableRoles),
    attributeDefinitions: tenant.attributeDefinitions.map((one) => definitionOf(one, writing, losses)),
    firebaseKeys,
  });

const isStrange = (name: string, value: JsonText, { format }: Writing) =>
  name.startsWith('$') || (format === 'own' ? mayBeMistaken(value) : name.includes('.') || hasDollarKey(value));

/** The attributes by name, and what would not come back by the same way. */
function attributesOf(attributes: Attributes, writing: Writing, losses: Losses) {
  const all = [...attributes].sort(byName);
  const plain = new Map(all.filter(([name, value]) => !isStrange(name, value, writing)));
  if (plain.size === all.length) return { attributes: plain };
  const strange = all.filter(([name]) => !plain.has(name));
  if (writing.format === 'own')
    return { attributes: plain, attributeTexts: strange.map(([name, { text }]) => ({ name, text })) };
  losses.count('attribute', strange.length);
  return { attributes: plain };
}

/** Of the hash where it may be told, and can be checked by who gets it. */
function passwordOf(passwordHash: string | undefined, { format, withSecrets }: Writing, losses: Losses) {
  if (!withSecrets || passwordHash === undefined) return undefined;
  if (format === 'own' || isLegacyHash(passwordHash)) return passwordHash;
  losses.count('renewed password');
  return undefined;
}

/** A stored profile (contract 8.2), settled, as JSON; it begins with its id. */
export function profileJson({ profile, credentials }: WholeProfile, writing: Writing, losses: Losses): string {
  const { passwordHash, failedLoginAttempts, lastFailedLoginMs } = credentials;
  return jsonTextOf({
    _id: objectId(profile.id),
    username: profile.username,
    tenant: profile.tenant,
    email: profile.email ?? undefined,
    verified: profile.verified,
    enabled: profile.enabled,
    createdOn: date(profile.createdAtMs),
    lastModified: date(profile.lastModifiedMs),
    roles: inOrder(profile.roles),
    ...attributesOf(profile.attributes, writing, losses),
    password: passwordOf(passwordHash, writing, losses),
    failedLoginAttempts,
    lastFailedLogin: lastFailedLoginMs === undefined ? undefined : date(lastFailedLoginMs),
  });
}

/** The id that a line of profiles begins with. */
export function idOfProfileJson(json: string): string {
  const [, id] = /^\{"_id":\{"\$oid":"([0-9a-f]{24})"\}/.exec(json) ?? [];
  if (id === undefined) throw new Error('A line of exported profiles does not begin with an id');
  return id;
}
