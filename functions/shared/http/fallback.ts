import { methodNotAllowed, unknownRoute } from '../errors/api-error.ts';
import type { LambdaHandler } from './endpoint.ts';
import { errorAnswer } from './error-answers.ts';

/** Every path of the API as a regular expression, and the methods that it takes; made at build time from the contracts. */
export type RouteTable = readonly (readonly [pattern: string, method: string])[];

/** Answers what no endpoint does (contract 1.1): 405 with `Allow` on a known path, 404 elsewhere; both wire lines have the same. */
export function fallbackHandler(routes: RouteTable): LambdaHandler {
  return async ({ rawPath, requestContext }) => {
    const known = routes.filter(([pattern]) => new RegExp(pattern).test(rawPath));
    const methods = [...new Set(known.map(([, method]) => method))].sort();
    const error = methods.length > 0 ? methodNotAllowed(requestContext.http.method, methods) : unknownRoute(rawPath);
    return errorAnswer(error, '3.1');
  };
}
