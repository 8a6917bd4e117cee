import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import { foreignHash } from './foreign-hash.ts';
import type { ForeignUser, LeftOut } from './foreign-user.ts';
import type { Reading } from './reading.ts';
import { flagIn, objectIn, rolesOf, textIn, timeIn, without } from './values.ts';

/** What every user has who signed in, or nobody: no roles of an application. */
const OWN_ROLES = ['authenticated', 'anon'];

/** What the service itself notes of the login among what users and applications note. */
const ownNotes = ['sub', 'iss', 'email', 'email_verified', 'phone_verified', 'provider_id'];
const ownAppNotes = ['provider', 'providers', 'role', 'roles'];

const isBanned = (fields: Fields, nowMs: number): boolean =>
  fields.value('banned_until') === 'infinity' || (timeIn(fields, 'banned_until') ?? 0) > nowMs;

function rolesIn(fields: Fields, appNotes: JsonObject): readonly string[] {
  const own = rolesOf(fields, 'role', fields.value('role'));
  const noted = ['role', 'roles'].flatMap((name) => rolesOf(fields, `raw_app_meta_data.${name}`, appNotes[name]));
  return [...own, ...noted].filter((role) => !OWN_ROLES.includes(role));
}

/** A row of `auth.users`, as JSON or of a CSV file. */
export function gotrueUser(fields: Fields, reading: Reading): ForeignUser | LeftOut {
  if (timeIn(fields, 'deleted_at') !== undefined) return { leftOut: 'deleted users' };
  if (flagIn(fields, 'is_anonymous')) return { leftOut: 'anonymous users' };
  const [email, phone] = [textIn(fields, 'email'), textIn(fields, 'phone')];
  const notes = objectIn(fields, 'raw_user_meta_data');
  const appNotes = objectIn(fields, 'raw_app_meta_data');
  const confirmedAt = email === undefined ? 'phone_confirmed_at' : 'email_confirmed_at';
  return {
    logins: [email, phone],
    email,
    verified: (timeIn(fields, confirmedAt) ?? timeIn(fields, 'confirmed_at')) !== undefined,
    enabled: !isBanned(fields, reading.nowMs),
    roles: rolesIn(fields, appNotes),
    createdAtMs: timeIn(fields, 'created_at'),
    lastModifiedMs: timeIn(fields, 'updated_at'),
    attributes: new AttributeSet(fields)
      .set('gotrueId', textIn(fields, 'id'))
      .set('phone', phone)
      .add('raw_app_meta_data', without(appNotes, ownAppNotes))
      .add('raw_user_meta_data', without(notes, ownNotes), { isStandard: true }).object,
    passwordHash: foreignHash(fields, 'encrypted_password', textIn(fields, 'encrypted_password'), reading),
  };
}
