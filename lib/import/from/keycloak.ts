import { isJsonObject, type JsonObject, type JsonValue } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import type { ForeignUser, LeftOut } from './foreign-user.ts';
import { keycloakPassword } from './keycloak-password.ts';
import type { Reading } from './reading.ts';
import { flagIn, objectIn, rolesOf, textIn, timeIn } from './values.ts';

/** Clients of Keycloak's own consoles: what their roles allow is nowhere but there. */
const OWN_CLIENTS = [
  'account',
  'account-console',
  'admin-cli',
  'broker',
  'realm-management',
  'master-realm',
  'security-admin-console',
];

/** What is no more with the user once Keycloak is not. */
const left = [
  ['federatedIdentities', 'a link to a social or company login was left behind'],
  ['requiredActions', 'an action that the user must take at the next sign-in was left behind'],
] as const;

/** A list of one is a single value: Keycloak has lists only. */
const single = (value: JsonValue): JsonValue => {
  if (!Array.isArray(value)) return value;
  return value.length > 1 ? value : (value[0] ?? null);
};

function clientRolesIn(fields: Fields, holder: JsonObject): readonly string[] {
  return Object.entries(holder)
    .filter(([client]) => !OWN_CLIENTS.includes(client))
    .flatMap(([client, roles]) => rolesOf(fields, 'clientRoles', roles).map((role) => `${client}:${role}`));
}

/** Roles of the realm as they are, those of clients as `client:role`, and what groups give. */
function rolesIn(fields: Fields, groups: readonly string[], { groupRoles }: Reading): readonly string[] {
  return [
    ...rolesOf(fields, 'realmRoles', fields.value('realmRoles')),
    ...clientRolesIn(fields, objectIn(fields, 'clientRoles')),
    ...groups.flatMap((group) => groupRoles.get(group) ?? []),
  ];
}

/** A user of a realm's export. */
export function keycloakUser(fields: Fields, reading: Reading): ForeignUser | LeftOut {
  if (fields.has('serviceAccountClientId')) return { leftOut: 'service accounts' };
  for (const [name, kind] of left) if (fields.list(name).length > 0) fields.tell(kind, name);
  if (fields.objects('credentials').some((one) => one.value('type') !== 'password'))
    fields.tell('a second factor, or a key, was left behind', 'credentials');
  const email = textIn(fields, 'email');
  const groups = rolesOf(fields, 'groups', fields.value('groups'));
  const given = Object.entries(objectIn(fields, 'attributes')).map(([name, value]) => [name, single(value)] as const);
  const attributes = new AttributeSet(fields)
    .set('keycloakId', textIn(fields, 'id'))
    .set('firstName', textIn(fields, 'firstName'))
    .set('lastName', textIn(fields, 'lastName'))
    .set('groups', groups.length === 0 ? undefined : groups)
    .add('attributes', Object.fromEntries(given));
  return {
    logins: [textIn(fields, 'username'), email],
    email,
    verified: flagIn(fields, 'emailVerified') ?? false,
    enabled: flagIn(fields, 'enabled') ?? true,
    roles: rolesIn(fields, groups, reading),
    createdAtMs: timeIn(fields, 'createdTimestamp'),
    lastModifiedMs: undefined,
    attributes: attributes.object,
    passwordHash: keycloakPassword(fields),
  };
}

/** How deep groups may be in each other; Keycloak's consoles end before. */
const MOST_LEVELS = 50;

function addGroup(
  roles: Map<string, readonly string[]>,
  group: JsonValue,
  above: string,
  inherited: readonly string[],
  level: number,
) {
  if (!isJsonObject(group) || typeof group.name !== 'string' || level > MOST_LEVELS) return;
  const path = typeof group.path === 'string' ? group.path : `${above}/${group.name}`;
  const own = [
    ...inherited,
    ...(Array.isArray(group.realmRoles) ? group.realmRoles.filter((role) => typeof role === 'string') : []),
    ...Object.entries(isJsonObject(group.clientRoles) ? group.clientRoles : {})
      .filter(([client]) => !OWN_CLIENTS.includes(client))
      .flatMap(([client, names]) => (Array.isArray(names) ? names.map((role) => `${client}:${role}`) : [])),
  ];
  roles.set(path, own);
  for (const inner of Array.isArray(group.subGroups) ? group.subGroups : [])
    addGroup(roles, inner, path, own, level + 1);
}

/** The roles that each group of a realm gives, those of the groups around it among them. */
export function groupRolesIn(realm: JsonObject): ReadonlyMap<string, readonly string[]> {
  const roles = new Map<string, readonly string[]>();
  for (const group of Array.isArray(realm.groups) ? realm.groups : []) addGroup(roles, group, '', [], 0);
  return roles;
}
