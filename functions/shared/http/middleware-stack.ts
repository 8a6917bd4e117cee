import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { readSettings } from '../config/configuration.ts';
import type { SettingName } from '../config/settings.ts';
import { asInvocation, type LambdaHandler } from './as-invocation.ts';
import { audited, type FindAuditKey } from './audited.ts';
import { type BYTES, type Contract, type EMPTY, type HandleResult, settingsOf } from './contract.ts';
import { answerErrors } from './error-answers.ts';
import type { ParameterSpecs } from './parameters.ts';
import { type Authenticate, type Request, readRequest } from './request.ts';
import { answerOf } from './response.ts';

/**
 * Makes the Lambda handlers of endpoints: the one middleware stack, in the one order. Reading the event and writing the answer follow the
 * contract; `handle` sees neither. Who the caller is, `authenticate` finds out; `findKey` the key of the audit trail.
 */
export const endpointWith =
  (authenticate: Authenticate, findKey: FindAuditKey = async () => undefined) =>
  <
    Parameters extends ParameterSpecs,
    Body extends z.ZodMiniType | undefined,
    Response extends z.ZodMiniType | typeof EMPTY | typeof BYTES,
    Setting extends SettingName,
    Dependencies,
  >(
    contract: Contract<Parameters, Body, Response, Setting>,
    handle: (
      dependencies: Dependencies,
      request: Request<Parameters, Body extends z.ZodMiniType ? z.output<Body> : undefined, Setting>,
    ) => HandleResult<Response> | Promise<HandleResult<Response>>,
    dependencies: Dependencies,
  ): LambdaHandler => {
    const names = settingsOf(contract);
    const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
      .use(answerErrors(contract))
      .use(audited(findKey))
      .handler(async (event) => {
        const settings = readSettings(names);
        const request = { ...(await readRequest(contract, event, authenticate)), settings };
        try {
          const result = await handle(dependencies, request);
          // No answer leaves before the caller is known, whatever an endpoint forgets.
          if (contract.authorisation === 'accessToken') await request.caller;
          return answerOf(contract, result);
        } catch (fault) {
          // Whatever else is wrong with a call, what is wrong with its access token is told first (contract 1.2).
          if (contract.authorisation === 'accessToken') await request.caller;
          throw fault;
        }
      });
    return asInvocation(contract.operationId, handler);
  };
