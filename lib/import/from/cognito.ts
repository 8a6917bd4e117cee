import { isJsonObject, type JsonObject, parseJson } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import type { ForeignUser } from './foreign-user.ts';
import { noPassword } from './password-text.ts';
import { flagIn, rolesOf, textIn, timeIn } from './values.ts';

const USERNAME = 'cognito:username';
const MFA = 'cognito:mfa_enabled';

/** In the order in which each is looked for: `list-users` has its own names, and people who make CSV files of it have others. */
const names = {
  username: [USERNAME, 'Username', 'username'],
  enabled: ['Enabled', 'enabled', 'cognito:enabled'],
  status: ['UserStatus', 'cognito:user_status', 'status'],
  groups: ['cognito:groups', 'groups', 'Groups'],
  created: ['UserCreateDate', 'cognito:user_create_date', 'created_at'],
  modified: ['UserLastModifiedDate', 'cognito:user_last_modified_date', 'updated_at'],
};

const notAttributes = [
  ...Object.values(names).flat(),
  ...['sub', 'email', 'email_verified', 'phone_number_verified', 'identities', 'Attributes', 'MFAOptions', MFA],
];

/** A user of `list-users` as a row of the CSV file. */
export function cognitoRow(document: JsonObject): JsonObject {
  const { Attributes: attributes, ...others } = document;
  if (!Array.isArray(attributes)) return document;
  const pairs = attributes.flatMap((one) =>
    isJsonObject(one) && typeof one.Name === 'string' ? [[one.Name, one.Value ?? null] as const] : [],
  );
  return { ...Object.fromEntries(pairs), ...others };
}

const nameIn = (fields: Fields, wanted: readonly string[]) =>
  wanted.find((name) => fields.has(name) && fields.value(name) !== '') ?? wanted[0] ?? '';

/** A list, as JSON in a text or with commas in it. */
function groupsIn(fields: Fields): readonly string[] {
  const name = nameIn(fields, names.groups);
  const value = fields.value(name);
  const list = typeof value === 'string' ? (parseJson(value) ?? value.split(',').map((one) => one.trim())) : value;
  return rolesOf(fields, name, list);
}

const isUuid = (text: string | undefined) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '');

/** What users sign in with: where that is the e-mail address, the pool has made up the username. */
const loginsOf = (username: string | undefined, others: readonly (string | undefined)[]) =>
  isUuid(username) ? [...others, username] : [username, ...others];

/** A row of a CSV file with the columns of a user pool; with `cognitoRow` a user of `list-users`. */
export function cognitoUser(fields: Fields, document: JsonObject): ForeignUser {
  const [email, phone] = [textIn(fields, 'email'), textIn(fields, 'phone_number')];
  const username = textIn(fields, nameIn(fields, names.username));
  const status = textIn(fields, nameIn(fields, names.status));
  if (flagIn(fields, MFA)) fields.tell('a second factor, or a key, was left behind', MFA);
  if (fields.has('identities') && fields.value('identities') !== '[]' && fields.value('identities') !== '')
    fields.tell('a link to a social or company login was left behind', 'identities');
  const given = Object.entries(document)
    .filter(([name]) => !notAttributes.includes(name))
    .map(([name, value]) => [name.replace(/^custom:/, ''), value] as const);
  return {
    logins: loginsOf(username, [email, phone]),
    email,
    verified: flagIn(fields, email === undefined ? 'phone_number_verified' : 'email_verified') ?? false,
    enabled:
      (flagIn(fields, nameIn(fields, names.enabled)) ?? true) && status !== 'ARCHIVED' && status !== 'COMPROMISED',
    roles: groupsIn(fields),
    createdAtMs: timeIn(fields, nameIn(fields, names.created)),
    lastModifiedMs: timeIn(fields, nameIn(fields, names.modified)),
    attributes: new AttributeSet(fields)
      .set('cognitoId', textIn(fields, 'sub') ?? username)
      .add('user', Object.fromEntries(given), { isStandard: true }).object,
    passwordHash: noPassword(fields, 'none'),
  };
}
