import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import type { ForeignUser, LeftOut } from './foreign-user.ts';
import { noPassword } from './password-text.ts';
import type { Reading } from './reading.ts';
import { flagIn, objectIn, objectsIn, rolesOf, textAt, textIn, timeIn, without } from './values.ts';

const PROFILE = ['given_name', 'family_name', 'name', 'nickname', 'picture', 'phone_number'];

/** The id of the user that a line of the support's file of hashes is of; undefined for other documents. */
export function idOfHash(fields: Fields): string | undefined {
  if (fields.has('user_id') || !fields.has('passwordHash')) return undefined;
  const own = fields.value('alt_id') ?? fields.value('_id');
  return typeof own === 'string' ? `auth0|${own}` : undefined;
}

/** The hash in the user itself, as the support and those who import into Auth0 write it. */
const hashIn = (fields: Fields): string | undefined =>
  textIn(fields, 'passwordHash') ?? textIn(fields, 'password_hash');

/** Where the root has no e-mail, the identifiers have it. */
function emailIn(fields: Fields): { readonly email: string | undefined; readonly verified: boolean } {
  const email = textIn(fields, 'email');
  if (email !== undefined) return { email, verified: flagIn(fields, 'email_verified') ?? false };
  const identifier = objectsIn(fields, 'identifiers').find(({ type }) => type === 'email');
  return {
    email: identifier && textAt(identifier, 'value'),
    verified: identifier?.verified === true,
  };
}

/** Users of other connections than databases have their password elsewhere, or none. */
const isLinked = (fields: Fields): boolean => {
  const providers = objectsIn(fields, 'identities').map(({ provider }) => provider);
  return providers.some((provider) => provider !== 'auth0' && provider !== 'sms' && provider !== 'email');
};

const profileIn = (fields: Fields): JsonObject =>
  Object.fromEntries(PROFILE.map((name) => [name, fields.value(name) ?? null]));

/** A user of an export, or of the support's file of hashes where no export has it. */
export function auth0User(fields: Fields, reading: Reading): ForeignUser | LeftOut {
  const ofHash = idOfHash(fields);
  if (ofHash !== undefined && reading.isUser(ofHash)) return { leftOut: 'password hashes' };
  const id = ofHash ?? textIn(fields, 'user_id');
  if (isLinked(fields)) fields.tell('a link to a social or company login was left behind', 'identities');
  const { email, verified } = emailIn(fields);
  const metadata = objectIn(fields, 'app_metadata');
  const hash = hashIn(fields) ?? (id === undefined ? undefined : reading.passwordOf(id));
  const phone = textIn(fields, 'phone_number');
  return {
    logins: [textIn(fields, 'username'), email, phone],
    email,
    verified,
    enabled: !(flagIn(fields, 'blocked') ?? false),
    roles: rolesOf(fields, 'app_metadata.roles', metadata.roles),
    createdAtMs: timeIn(fields, 'created_at'),
    lastModifiedMs: timeIn(fields, 'updated_at'),
    attributes: new AttributeSet(fields)
      .set('auth0Id', id)
      .add('user', profileIn(fields), { isStandard: true })
      .add('app_metadata', without(metadata, ['roles']))
      .add('user_metadata', objectIn(fields, 'user_metadata')).object,
    passwordHash: hash ?? noPassword(fields, 'none'),
  };
}
