import type { ErrorKind } from './catalogue.ts';

/**
 * An expected failure: `message` goes to the caller, `cause` stays with us (contract 2.8): what was thrown, or a word for the audit trail.
 * The catalogue turns `kind` into status and `errorCode`.
 */
export class ApiError extends Error {
  readonly kind: ErrorKind;
  /** Further response headers, for example `allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ErrorKind,
    message: string,
    options: { cause?: unknown; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.kind = kind;
    this.headers = options.headers ?? {};
  }
}

/** Throws the error unless the condition holds: keeps the good path of a handle flat. */
export function assertThat(condition: unknown, error: () => ApiError): asserts condition {
  if (!condition) throw error();
}

export const missingAccessToken = () => new ApiError('missingAccessToken', 'Parameter "accessTokenId" is missing');

/** The text is literal: clients of the published pages see it (contract 3). */
const noAccessTokenText = (id: string) => `No access token found for ID "${id}"`;
export const unknownAccessToken = (id: string) => new ApiError('unknownAccessToken', noAccessTokenText(id));
export const noSuchAccessToken = (id: string) => new ApiError('noSuchAccessToken', noAccessTokenText(id));

export function expiredAccessToken(id: string, application: string | null, expiresOnMs: number): ApiError {
  // Years before 0 and after 9999 are written with a sign and six digits.
  const [, year, month, day] = /^([+-]?\d+)-(\d\d)-(\d\d)/.exec(new Date(expiresOnMs).toISOString()) ?? [];
  const text = `Access token "${id}" of application "${application ?? ''}" expired on ${month}/${day}/${year}`;
  return new ApiError('expiredAccessToken', text);
}

export const managementTokenDenied = () => new ApiError('managementTokenDenied', 'The management token is wrong');

export const accessTokenExists = (id: string) =>
  new ApiError('accessTokenExists', `An access token with ID "${id}" exists already`);

/** Without a resource the denial is global (contract 4.2). */
export const actionDenied = (action: string, resource?: string) =>
  new ApiError('actionDenied', `Action ${action} denied${resource === undefined ? '' : ` on ${resource}`}`);

export const noSuchTenant = (name: string) => new ApiError('noSuchTenant', `Tenant "${name}" does not exist`);
export const tenantExists = (name: string) => new ApiError('tenantExists', `Tenant "${name}" exists already`);

/** `what` names what was looked for, for example `with ID "…"`. */
export const noSuchProfile = (what: string) => new ApiError('noSuchProfile', `No profile found ${what}`);
export const profileExists = (username: string) =>
  new ApiError('profileExists', `A profile with username "${username}" exists already`);
export const disabledProfile = (id: string, tenant: string) =>
  new ApiError('disabledProfile', `Profile "${id}" of tenant "${tenant}" is disabled`);
/** For whoever knows the password: to a stranger it would tell what became of an account. */
export const unverifiedProfile = (id: string, tenant: string) =>
  new ApiError(
    'disabledProfile',
    `Profile "${id}" of tenant "${tenant}" is disabled until the link in its verification mail is followed`,
    { cause: 'unverified' },
  );
export const lockedProfile = (id: string, tenant: string) =>
  new ApiError(
    'disabledProfile',
    `Profile "${id}" of tenant "${tenant}" is temporarily locked after too many failed sign-ins`,
    { cause: 'locked' },
  );
export const badCredentials = () => new ApiError('badCredentials', 'Username or password is wrong');

export const noSuchTicket = (id: string) => new ApiError('noSuchTicket', `No ticket found for ID "${id}"`);
/** by_ticket answers 400, not 404: the login code takes that for "not signed in" (contract 5.31). */
export const notSignedIn = (id: string) => new ApiError('notSignedIn', `No ticket found for ID "${id}"`);
export const noSuchPersistentLogin = (id: string) =>
  new ApiError('noSuchPersistentLogin', `No persistent login found for ID "${id}"`);
export const noSuchVerificationToken = (id: string) =>
  new ApiError('noSuchVerificationToken', `No verification token found for ID "${id}"`);

export const invalidEmailAddress = (address: string) =>
  new ApiError('invalidEmailAddress', `"${address}" is not a valid e-mail address`);
export const attributeNotDefined = (attribute: string, tenant: string) =>
  new ApiError('attributeNotDefined', `Attribute "${attribute}" is not defined for tenant "${tenant}"`);
export const unreadableAttributes = () =>
  new ApiError('unreadableAttributes', 'Parameter "attributes" is not a JSON object');
export const invalidQuery = (why: string) => new ApiError('invalidQuery', why);

/** Any other fault of the request: a parameter, the body, a limit. The text says which. */
export const invalidRequest = (why: string) => new ApiError('invalidRequest', why);
/** Whoever sent a body of another type wonders what else could be missing (contract 1.3). */
export const missingParameter = (name: string, ignoredType?: string) =>
  invalidRequest(
    ignoredType === undefined
      ? `Parameter "${name}" is missing`
      : `Parameter "${name}" is missing: it is read from the query or a form (application/x-www-form-urlencoded or ` +
          `multipart/form-data), not from a body of type "${ignoredType}"`,
  );
export const severalAccessTokens = () =>
  invalidRequest('The call names several access tokens: send one, in the header "Authorization" or as "accessTokenId"');
export const resultTooLarge = () => invalidRequest('The result is too large: use start and count');
export const unknownRoute = (path: string) => new ApiError('unknownRoute', `Nothing is at path "${path}"`);
export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new ApiError('methodNotAllowed', `Method ${method} is not supported here`, {
    headers: { allow: allowed.join(', ') },
  });
export const bodyTooLarge = (limitBytes: number) =>
  new ApiError('bodyTooLarge', `The body is larger than ${limitBytes} bytes`);
export const unsupportedContentType = (contentType: string) =>
  new ApiError('unsupportedContentType', `Content type "${contentType}" is not supported here`);
export const unsupportedContentEncoding = (encoding: string) =>
  new ApiError('unsupportedContentType', `Content encoding "${encoding}" is not supported: send the body as it is`);

/** The fixed answer for whatever we did not expect; the cause is for the log only (contract 9.1 #4). */
export const internalError = (cause: unknown, headers: Readonly<Record<string, string>> = {}) =>
  new ApiError('internal', 'Internal server error', { cause, headers });
