import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { setting } from '../config/configuration.ts';
import { describeError, log } from '../config/logger.ts';
import { ApiError, internalError } from '../errors/api-error.ts';
import { type WireLine, wireErrorOf } from '../errors/catalogue.ts';
import type { Contract } from './contract.ts';
import { emptyAnswer, jsonAnswer } from './response.ts';

/** Much of a request may stand in a message; all of it would be more than a function can answer. */
const LONGEST_MESSAGE = 2000;

const shortened = (message: string) =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}…` : message;

/** The two-field body of an error, as the deployment's wire line has it (contract 2.8, 11). */
export function errorAnswer(error: ApiError, line: WireLine): APIGatewayProxyStructuredResultV2 {
  const [status, errorCode] = wireErrorOf(error.kind, line);
  return jsonAnswer(JSON.stringify({ errorCode, message: shortened(error.message) }), status, error.headers);
}

/** The wire line, even where the configuration is what failed. */
function wireLine(): WireLine {
  try {
    return setting('wireLine');
  } catch {
    return '3.1';
  }
}

/** Middleware: turns whatever an endpoint throws into the contract's answer; what we did not expect is logged and answered with the fixed text. */
export function answerErrors(
  contract: Pick<Contract, 'operationId' | 'absent'>,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const error = request.error instanceof ApiError ? request.error : internalError(request.error);
      if (error.kind === 'internal')
        log().error('Unexpected failure', {
          operation: contract.operationId,
          awsRequestId: request.context.awsRequestId,
          error: describeError(error.cause),
        });
      const line = wireLine();
      request.response = line === '3.0' && error.kind === contract.absent ? emptyAnswer() : errorAnswer(error, line);
    },
  };
}
