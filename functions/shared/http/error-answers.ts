import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { setting } from '../config/configuration.ts';
import { currentInvocation } from '../config/invocation.ts';
import { describeError, log } from '../config/logger.ts';
import { ApiError, internalError } from '../errors/api-error.ts';
import { type ErrorDialect, wireErrorOf } from '../errors/catalogue.ts';
import type { Contract } from './contract.ts';
import { emptyAnswer, jsonAnswer } from './response.ts';

/** Much of a request may stand in a message; all of it would be more than a function can answer. */
const LONGEST_MESSAGE = 2000;

/** A message may quote what is no Unicode, and cut a character in two. */
const readable = (message: string) =>
  `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}${message.length > LONGEST_MESSAGE ? '…' : ''}`;

/** The two-field body of an error, in the dialect of the deployment's wire line (contract 2.8, 11). */
export function errorAnswer(error: ApiError, dialect: ErrorDialect): APIGatewayProxyStructuredResultV2 {
  const [status, errorCode] = wireErrorOf(error.kind, dialect);
  return jsonAnswer(JSON.stringify({ errorCode, message: readable(error.message) }), status, error.headers);
}

/** The dialect of the wire line, even where the configuration is what failed. */
function errorDialect(): ErrorDialect {
  try {
    return setting('wireLine').errors;
  } catch {
    return '3.1';
  }
}

/**
 * Logs what nobody expected and answers it with the fixed text, the same on every wire line; the header tells the caller under which id the
 * logs have it (contract 2.8).
 */
export function answerUnexpected(cause: unknown): APIGatewayProxyStructuredResultV2 {
  log().error('Unexpected failure', { error: describeError(cause) });
  const { requestId } = currentInvocation();
  return errorAnswer(internalError(cause, requestId === undefined ? {} : { 'x-request-id': requestId }), '3.1');
}

function answerToFailure({ absent }: Pick<Contract, 'absent'>, error: unknown): APIGatewayProxyStructuredResultV2 {
  if (!(error instanceof ApiError)) return answerUnexpected(error);
  if (error.kind === 'internal') return answerUnexpected(error.cause);
  const dialect = errorDialect();
  return dialect === '3.0' && error.kind === absent ? emptyAnswer() : errorAnswer(error, dialect);
}

/** Middleware: turns whatever an endpoint throws into the contract's answer. */
export function answerErrors(
  contract: Pick<Contract, 'absent'>,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      request.response = answerToFailure(contract, request.error);
    },
  };
}
