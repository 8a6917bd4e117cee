import { catalogue, type ErrorKind, wireErrorOf } from '../../../functions/shared/errors/catalogue.ts';

/** Contract 3 and 11: kind, status and code on the 3.1 line, the same on the 3.0 line where it differs. */
const contract: readonly [kind: ErrorKind, status: number, code: string, oldStatus?: number, oldCode?: string][] = [
  ['missingAccessToken', 403, 'ACCESS_DENIED', 401, 'MISSING_ACCESS_TOKEN_ID_PARAM'],
  ['unknownAccessToken', 403, 'NO_SUCH_ACCESS_TOKEN_ID'],
  ['expiredAccessToken', 403, 'ACCESS_DENIED', 403, 'EXPIRED_ACCESS_TOKEN'],
  ['managementTokenDenied', 401, 'ACCESS_DENIED'],
  ['noSuchAccessToken', 404, 'NO_SUCH_ACCESS_TOKEN_ID'],
  ['accessTokenExists', 409, 'ACCESS_TOKEN_EXISTS', 400],
  ['actionDenied', 403, 'ACTION_DENIED'],
  ['noSuchTenant', 404, 'NO_SUCH_TENANT', 400],
  ['tenantExists', 409, 'TENANT_EXISTS', 400],
  ['noSuchProfile', 404, 'NO_SUCH_PROFILE', 400],
  ['profileExists', 409, 'PROFILE_EXISTS', 400],
  ['disabledProfile', 403, 'DISABLED_PROFILE'],
  ['badCredentials', 401, 'BAD_CREDENTIALS'],
  ['noSuchTicket', 404, 'NO_SUCH_TICKET'],
  ['notSignedIn', 400, 'NO_SUCH_TICKET'],
  ['noSuchPersistentLogin', 404, 'NO_SUCH_PERSISTENT_LOGIN', 400],
  ['noSuchVerificationToken', 404, 'NO_SUCH_VERIFICATION_TOKEN', 403],
  ['invalidEmailAddress', 400, 'INVALID_EMAIL_ADDRESS'],
  ['attributeNotDefined', 400, 'ATTRIBUTE_NOT_DEFINED'],
  ['unreadableAttributes', 400, 'PARAM_DESERIALIZATION_ERROR'],
  ['invalidQuery', 400, 'INVALID_QUERY'],
  ['invalidRequest', 400, 'OTHER'],
  ['unknownRoute', 404, 'OTHER'],
  ['methodNotAllowed', 405, 'OTHER'],
  ['bodyTooLarge', 413, 'OTHER'],
  ['unsupportedContentType', 415, 'OTHER'],
  ['internal', 500, 'OTHER'],
];

test.each(contract)('%s', (kind, status, code, oldStatus = status, oldCode = code) => {
  expect([wireErrorOf(kind, '3.1'), wireErrorOf(kind, '3.0')]).toEqual([
    [status, code],
    [oldStatus, oldCode],
  ]);
});

test('the table is the whole catalogue', () => {
  expect(contract.map(([kind]) => kind).sort()).toEqual(Object.keys(catalogue).sort());
});

test('the 3.1 line sends none of the two names that only the older one knows', () => {
  const codes = contract.map(([kind]) => wireErrorOf(kind, '3.1')[1]);
  expect(codes).not.toContain('MISSING_ACCESS_TOKEN_ID_PARAM');
  expect(codes).not.toContain('EXPIRED_ACCESS_TOKEN');
});
