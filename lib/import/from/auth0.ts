import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import type { ForeignUser, LeftOut } from './foreign-user.ts';
import { noPassword } from './password-text.ts';
import type { Reading } from './reading.ts';
import { flagIn, objectIn, rolesOf, textIn, timeIn, without } from './values.ts';

const PROFILE = ['given_name', 'family_name', 'name', 'nickname', 'picture', 'phone_number'];

/** The id of the user that a line of the support's file of hashes is of; undefined for other documents. */
export function idOfHash(fields: Fields): string | undefined {
  if (fields.has('user_id') || !fields.has('passwordHash')) return undefined;
  const own = fields.value('alt_id') ?? fields.value('_id');
  return typeof own === 'string' ? `auth0|${own}` : undefined;
}

/** The hash in the user itself, as the support and those who import into Auth0 write it. */
export const auth0HashIn = (fields: Fields): string | undefined =>
  textIn(fields, 'passwordHash') ?? textIn(fields, 'password_hash');

/** Where the root has no e-mail, the identifiers have it. */
function emailIn(fields: Fields): { readonly email: string | undefined; readonly verified: boolean } {
  const email = textIn(fields, 'email');
  if (email !== undefined) return { email, verified: flagIn(fields, 'email_verified') ?? false };
  const identifier = fields.objects('identifiers').find((one) => one.value('type') === 'email');
  return {
    email: identifier && textIn(identifier, 'value'),
    verified: (identifier && flagIn(identifier, 'verified')) ?? false,
  };
}

const isTaken = (fields: Fields): JsonObject =>
  Object.fromEntries(PROFILE.map((name) => [name, fields.value(name) ?? null]));

/** A user of an export, or of the support's file of hashes where no export has it. */
export function auth0User(fields: Fields, reading: Reading): ForeignUser | LeftOut {
  const ofHash = idOfHash(fields);
  if (ofHash !== undefined && reading.isUser(ofHash)) return { leftOut: 'password hashes' };
  const id = ofHash ?? textIn(fields, 'user_id');
  const { email, verified } = emailIn(fields);
  const metadata = objectIn(fields, 'app_metadata');
  const hash = auth0HashIn(fields) ?? (id === undefined ? undefined : reading.passwordOf(id));
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
      .add('user', isTaken(fields), { isStandard: true })
      .add('user_metadata', objectIn(fields, 'user_metadata'))
      .add('app_metadata', without(metadata, ['roles'])).object,
    passwordHash: hash ?? noPassword(fields, 'none'),
  };
}
