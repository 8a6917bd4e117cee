/** The two ways to answer errors (contract 11); the wire line of the deployment decides. */
export type ErrorDialect = '3.1' | '3.0';

/** Status code and `errorCode` of one error in one dialect. */
type Answer = readonly [status: number, errorCode: string];

interface CatalogueEntry {
  '3.1': Answer;
  /** Where the older dialect answers differently. */
  '3.0'?: Answer;
}

/** Every error that an endpoint can give, by our own kind (contract 3, second column contract 11). */
export const catalogue = {
  missingAccessToken: { '3.1': [403, 'ACCESS_DENIED'], '3.0': [401, 'MISSING_ACCESS_TOKEN_ID_PARAM'] },
  unknownAccessToken: { '3.1': [403, 'NO_SUCH_ACCESS_TOKEN_ID'] },
  expiredAccessToken: { '3.1': [403, 'ACCESS_DENIED'], '3.0': [403, 'EXPIRED_ACCESS_TOKEN'] },
  managementTokenDenied: { '3.1': [401, 'ACCESS_DENIED'] },
  noSuchAccessToken: { '3.1': [404, 'NO_SUCH_ACCESS_TOKEN_ID'] },
  accessTokenExists: { '3.1': [409, 'ACCESS_TOKEN_EXISTS'], '3.0': [400, 'ACCESS_TOKEN_EXISTS'] },
  actionDenied: { '3.1': [403, 'ACTION_DENIED'] },
  noSuchTenant: { '3.1': [404, 'NO_SUCH_TENANT'], '3.0': [400, 'NO_SUCH_TENANT'] },
  tenantExists: { '3.1': [409, 'TENANT_EXISTS'], '3.0': [400, 'TENANT_EXISTS'] },
  noSuchProfile: { '3.1': [404, 'NO_SUCH_PROFILE'], '3.0': [400, 'NO_SUCH_PROFILE'] },
  profileExists: { '3.1': [409, 'PROFILE_EXISTS'], '3.0': [400, 'PROFILE_EXISTS'] },
  disabledProfile: { '3.1': [403, 'DISABLED_PROFILE'] },
  badCredentials: { '3.1': [401, 'BAD_CREDENTIALS'] },
  noSuchTicket: { '3.1': [404, 'NO_SUCH_TICKET'] },
  notSignedIn: { '3.1': [400, 'NO_SUCH_TICKET'] },
  noSuchPersistentLogin: { '3.1': [404, 'NO_SUCH_PERSISTENT_LOGIN'], '3.0': [400, 'NO_SUCH_PERSISTENT_LOGIN'] },
  noSuchVerificationToken: {
    '3.1': [404, 'NO_SUCH_VERIFICATION_TOKEN'],
    '3.0': [403, 'NO_SUCH_VERIFICATION_TOKEN'],
  },
  invalidEmailAddress: { '3.1': [400, 'INVALID_EMAIL_ADDRESS'] },
  attributeNotDefined: { '3.1': [400, 'ATTRIBUTE_NOT_DEFINED'] },
  unreadableAttributes: { '3.1': [400, 'PARAM_DESERIALIZATION_ERROR'] },
  invalidQuery: { '3.1': [400, 'INVALID_QUERY'] },
  invalidRequest: { '3.1': [400, 'OTHER'] },
  unknownRoute: { '3.1': [404, 'OTHER'] },
  methodNotAllowed: { '3.1': [405, 'OTHER'] },
  bodyTooLarge: { '3.1': [413, 'OTHER'] },
  unsupportedContentType: { '3.1': [415, 'OTHER'] },
  internal: { '3.1': [500, 'OTHER'] },
} as const satisfies Record<string, CatalogueEntry>;

/** An error by our own name of it. */
export type ErrorKind = keyof typeof catalogue;

/** Whether an error denies somebody access or sign-in; on an older line the same one may have another status. */
export const isDenial = (kind: ErrorKind): boolean => [401, 403].includes(catalogue[kind]['3.1'][0]);

/** Status and `errorCode` of an error kind in a dialect. */
export function wireErrorOf(kind: ErrorKind, dialect: ErrorDialect): Answer {
  const entry: CatalogueEntry = catalogue[kind];
  return entry[dialect] ?? entry['3.1'];
}
