import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import type { ForeignUser } from './foreign-user.ts';
import { noPassword, phcText } from './password-text.ts';
import type { Reading } from './reading.ts';
import { flagIn, objectIn, objectsIn, rolesOf, textIn, timeIn, without } from './values.ts';

function passwordIn(fields: Fields, { firebase }: Reading): string | undefined {
  const tag = textIn(fields, 'passwordHash');
  if (tag === undefined) return noPassword(fields, 'none', 'passwordHash');
  if (firebase === undefined) return noPassword(fields, 'noKeys', 'passwordHash');
  const { memCost, rounds } = firebase;
  const text = phcText(`firescrypt$ln=${memCost},r=${rounds},p=1`, textIn(fields, 'salt'), tag);
  return text ?? noPassword(fields, 'unknown', 'passwordHash');
}

/** A user of `firebase auth:export`. */
export function firebaseUser(fields: Fields, reading: Reading): ForeignUser {
  const email = textIn(fields, 'email');
  const phone = textIn(fields, 'phoneNumber');
  const claims = objectIn(fields, 'customAttributes');
  const providers = objectsIn(fields, 'providerUserInfo');
  if (providers.some(({ providerId }) => providerId !== 'password' && providerId !== 'phone'))
    fields.tell('a link to a social or company login was left behind', 'providerUserInfo');
  if (fields.list('mfaInfo').length > 0) fields.tell('a second factor, or a key, was left behind', 'mfaInfo');
  return {
    logins: [email, phone],
    email,
    verified: flagIn(fields, 'emailVerified') ?? false,
    enabled: !(flagIn(fields, 'disabled') ?? false),
    roles: ['role', 'roles'].flatMap((name) => rolesOf(fields, `customAttributes.${name}`, claims[name])),
    createdAtMs: timeIn(fields, 'createdAt'),
    lastModifiedMs: undefined,
    attributes: new AttributeSet(fields)
      .set('firebaseId', textIn(fields, 'localId'))
      .set('displayName', textIn(fields, 'displayName'))
      .set('avatarLink', textIn(fields, 'photoUrl'))
      .set('phone', phone)
      .add('customAttributes', without(claims, ['role', 'roles'])).object,
    passwordHash: passwordIn(fields, reading),
  };
}
