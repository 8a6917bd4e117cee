import type { ApiError } from '../../functions/shared/errors/api-error.ts';
import * as errors from '../../functions/shared/errors/api-error.ts';
import { catalogue, type ErrorKind, wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import type { Part } from './plain-schema.ts';
import { sample } from './sample.ts';

/** Each error as the API would tell it of the sample data. */
const samples: Readonly<Record<ErrorKind, ApiError>> = {
  missingAccessToken: errors.missingAccessToken(),
  unknownAccessToken: errors.unknownAccessToken(sample.unknownId),
  expiredAccessToken: errors.expiredAccessToken(sample.unknownId, 'newsletter', sample.createdOn),
  managementTokenDenied: errors.managementTokenDenied(),
  noSuchAccessToken: errors.noSuchAccessToken(sample.unknownId),
  accessTokenExists: errors.accessTokenExists(sample.accessToken),
  actionDenied: errors.actionDenied('MANAGE_PROFILES', `tenant "${sample.tenant}"`),
  noSuchTenant: errors.noSuchTenant('nowhere'),
  tenantExists: errors.tenantExists(sample.tenant),
  noSuchProfile: errors.noSuchProfile('with ID "592715d4d4c650e226b03b63"'),
  profileExists: errors.profileExists(sample.username),
  disabledProfile: errors.disabledProfile(sample.disabledProfileId, sample.tenant),
  badCredentials: errors.badCredentials(),
  noSuchTicket: errors.noSuchTicket(sample.unknownId),
  notSignedIn: errors.notSignedIn(sample.unknownId),
  noSuchPersistentLogin: errors.noSuchPersistentLogin(sample.unknownId),
  noSuchVerificationToken: errors.noSuchVerificationToken(sample.unknownId),
  invalidEmailAddress: errors.invalidEmailAddress('john.doe@'),
  attributeNotDefined: errors.attributeNotDefined('shoeSize', sample.tenant),
  unreadableAttributes: errors.unreadableAttributes(),
  invalidQuery: errors.invalidQuery('Operator "$where" is not supported'),
  invalidRequest: errors.invalidRequest('Parameter "id" holds ill-formed Unicode'),
  unknownRoute: errors.unknownRoute('/crafter-profile/api/1/nothing'),
  methodNotAllowed: errors.methodNotAllowed('GET', ['POST']),
  bodyTooLarge: errors.bodyTooLarge(4_194_304),
  unsupportedContentType: errors.unsupportedContentType('text/plain'),
  internal: errors.internalError(undefined),
};

/** Every error code that is ever sent on the documented wire line. */
export const errorCodes: readonly string[] = [
  ...new Set(Object.values(catalogue).map((entry) => entry['3.1'][1])),
].sort();

/** The body of an error, headed by its status. */
export const errorExample = ({ kind, message }: ApiError): Part => {
  const [status, errorCode] = wireErrorOf(kind, '3.1');
  return { summary: `${status} ${errorCode}: ${message}`, value: { errorCode, message } };
};

/** `components.examples`: the body of each error, by our own name of it. */
export function errorExamples(kinds: ReadonlySet<ErrorKind>): Readonly<Record<string, Part>> {
  const used = Object.values(samples).filter(({ kind }) => kinds.has(kind));
  return Object.fromEntries(used.map((error) => [error.kind, errorExample(error)]));
}
