import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiError, methodNotAllowed, unknownRoute } from '../errors/api-error.ts';
import { asInvocation, type LambdaHandler } from './as-invocation.ts';
import { answerUnexpected, errorAnswer } from './error-answers.ts';

/** Every path of the API as a regular expression, and the methods that it takes; made at build time from the contracts. */
export type RouteTable = readonly (readonly [pattern: string, method: string])[];

function errorOf(routes: RouteTable, { rawPath, requestContext }: APIGatewayProxyEventV2): ApiError {
  const known = routes.filter(([pattern]) => new RegExp(pattern).test(rawPath));
  const methods = [...new Set(known.map(([, method]) => method))].sort();
  const { method } = requestContext.http;
  // What API Gateway sends here though it takes the method is nothing that it knows.
  const isRefused = methods.length > 0 && !methods.includes(method);
  return isRefused ? methodNotAllowed(method, methods) : unknownRoute(rawPath);
}

/** Answers what no endpoint does (contract 1.1): 405 with `Allow` on a known path, 404 elsewhere; every wire line has the same. */
export const fallbackHandler = (routes: RouteTable): LambdaHandler =>
  asInvocation('fallback', async (event) => {
    try {
      return errorAnswer(errorOf(routes, event), '3.1');
    } catch (failure) {
      return answerUnexpected(failure);
    }
  });
