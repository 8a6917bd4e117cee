import { authenticateCaller } from '../domain/access/authenticate-caller.ts';
import { findAuditKey } from '../repositories/audit-key.ts';
import { findCachedAccessToken } from '../repositories/cached-access-tokens.ts';
import { endpointWith } from './middleware-stack.ts';

/** What finding out who the caller is calls, and what a record of the call does. */
export const callerLookUp = { findCachedAccessToken, findAuditKey };

/** The handler of an endpoint for callers with an access token (contract 4.1). */
export const endpoint = endpointWith(
  (id) => authenticateCaller({ findAccessToken: findCachedAccessToken }, id),
  findAuditKey,
);
