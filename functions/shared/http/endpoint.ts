import { authenticateCaller } from '../domain/access/authenticate-caller.ts';
import { findCachedAccessToken } from '../repositories/cached-access-tokens.ts';
import { endpointWith } from './middleware-stack.ts';

/** What finding out who the caller is calls. */
export const callerLookUp = { findCachedAccessToken };

/** The handler of an endpoint for callers with an access token (contract 4.1). */
export const endpoint = endpointWith((id) => authenticateCaller({ findAccessToken: findCachedAccessToken }, id));
