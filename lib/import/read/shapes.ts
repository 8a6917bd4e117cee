import { isJsonObject, type JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { SourceKind } from './source.ts';

const has = (document: JsonObject, ...keys: readonly string[]) => keys.some((key) => document[key] !== undefined);

/** Which other store a document, or the names of a CSV file's columns, is of. */
export function kindOf(document: JsonObject): SourceKind | undefined {
  if (has(document, 'localId')) return 'firebase';
  if (has(document, 'cognito:username') || (has(document, 'Username') && Array.isArray(document.Attributes)))
    return 'cognito';
  if (isJsonObject(document.traits)) return 'kratos';
  if (has(document, 'raw_user_meta_data', 'encrypted_password')) return 'gotrue';
  if (
    has(document, 'user_id') &&
    has(document, 'identities', 'user_metadata', 'app_metadata', 'email_verified', 'email')
  )
    return 'auth0';
  if (has(document, 'passwordHash') && has(document, 'connection')) return 'auth0';
  return has(document, 'username') && has(document, 'realmRoles', 'credentials', 'createdTimestamp', 'totp')
    ? 'keycloak'
    : undefined;
}

/** The same of an outer object, by its own keys and by the first element of its list of users. */
export function kindOfOuter(outer: JsonObject, first: JsonObject | undefined): SourceKind | undefined {
  if (typeof outer.realm === 'string') return 'keycloak';
  if (typeof outer.kind === 'string' && outer.kind.startsWith('identitytoolkit#')) return 'firebase';
  return first && kindOf(first);
}

/** Columns of the CSV that the console of Cognito reads and `list-users` is made into. */
export const kindOfColumns = (columns: readonly string[]): SourceKind | undefined =>
  columns.includes('username') && columns.includes('email_verified') && !columns.includes('encrypted_password')
    ? 'cognito'
    : kindOf(Object.fromEntries(columns.map((column) => [column, column])));
