import { isJsonObject, type JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Fields } from '../records/fields.ts';
import { AttributeSet } from './attribute-set.ts';
import { foreignHash } from './foreign-hash.ts';
import type { ForeignUser } from './foreign-user.ts';
import type { Reading } from './reading.ts';
import { objectIn, objectsIn, rolesOf, textAt, textIn, timeIn, without } from './values.ts';

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return isJsonObject(value) ? value : {};
};

function emailIn(
  fields: Fields,
  traits: JsonObject,
): { readonly email: string | undefined; readonly verified: boolean } {
  const addresses = objectsIn(fields, 'verifiable_addresses').filter(({ via }) => via === 'email');
  const email = textAt(traits, 'email') ?? (addresses[0] && textAt(addresses[0], 'value'));
  // The service writes addresses in lower case.
  const address = addresses.find((one) => textAt(one, 'value')?.toLowerCase() === email?.toLowerCase());
  return { email, verified: address?.verified === true };
}

/** The traits with the parts of a name beside them. */
function namedTraits(traits: JsonObject): JsonObject {
  const name = objectAt(traits, 'name');
  if (!Object.keys(name).every((part) => part === 'first' || part === 'last') || Object.keys(name).length === 0)
    return traits;
  return { first_name: name.first ?? null, last_name: name.last ?? null, ...without(traits, ['name']) };
}

/** What is signed in with, as the service compares it: an e-mail address in lower case. */
const identifiersIn = ({ identifiers }: JsonObject): readonly string[] =>
  Array.isArray(identifiers) ? identifiers.filter((one) => typeof one === 'string') : [];

/** The address comes first where it is one. */
function identifiersOf(texts: readonly string[], email: string | undefined): readonly string[] {
  const isEmail = (one: string) => one.toLowerCase() === email?.toLowerCase();
  const ofEmail = texts.filter(isEmail);
  return ofEmail.length > 0 || email === undefined ? [...ofEmail, ...texts] : [];
}

/** Of two identities one alone signs in with a text, while anybody may write what a trait says: it names a user by itself where nothing else does. */
function loginsOf(traits: JsonObject, identifiers: readonly string[], email: string | undefined) {
  const username = textAt(traits, 'username');
  const isIdentifier = identifiers.some((one) => one.toLowerCase() === username?.toLowerCase());
  const others = [...identifiersOf(identifiers, email), email];
  return [...(isIdentifier ? [username, ...others] : [...others, username]), textAt(traits, 'phone')];
}

const ROLES = ['role', 'roles'];

/** An identity, as the admin API lists it. */
export function kratosUser(fields: Fields, reading: Reading): ForeignUser {
  const traits = objectIn(fields, 'traits');
  const { email, verified } = emailIn(fields, traits);
  const metadata = ['metadata_public', 'metadata_admin'].map((name) => ({ name, object: objectIn(fields, name) }));
  const credentials = objectIn(fields, 'credentials');
  const password = objectAt(credentials, 'password');
  if (Object.hasOwn(credentials, 'oidc') || Object.hasOwn(credentials, 'saml'))
    fields.tell('a link to a social or company login was left behind', 'credentials');
  if (['totp', 'webauthn', 'passkey', 'lookup_secret'].some((name) => Object.hasOwn(credentials, name)))
    fields.tell('a second factor, or a key, was left behind', 'credentials');
  const attributes = new AttributeSet(fields).set('kratosId', textIn(fields, 'id'));
  for (const { name, object } of metadata) attributes.add(name, without(object, ROLES));
  attributes.add('traits', without(namedTraits(traits), ['email', 'username']), { isStandard: true });
  return {
    logins: loginsOf(traits, identifiersIn(password), email),
    email,
    verified,
    enabled: (textIn(fields, 'state') ?? 'active') === 'active',
    roles: metadata.flatMap(({ name, object }) =>
      ROLES.flatMap((key) => rolesOf(fields, `${name}.${key}`, object[key])),
    ),
    createdAtMs: timeIn(fields, 'created_at'),
    lastModifiedMs: timeIn(fields, 'updated_at'),
    attributes: attributes.object,
    passwordHash: foreignHash(fields, 'credentials', textAt(objectAt(password, 'config'), 'hashed_password'), reading),
  };
}
