import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { tallied } from '../audit/tally.ts';
import { inInvocation } from '../config/invocation.ts';

/** An API Gateway event in, its answer out. */
export type LambdaHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** An id as API Gateway and Lambda give it; of anything else nothing, because it goes into a header. */
const idOf = (id: unknown) => (typeof id === 'string' && /^[\w=+/-]{1,100}$/.test(id) ? id : undefined);

/** Four seconds less than the function may take: what is tried until then can still be answered. */
const ANSWER_WITHIN_MS = 25_000;

/** A handler whose log lines and 500s carry the ids of the call, whatever the event looks like. */
export const asInvocation =
  (operation: string, handler: LambdaHandler): LambdaHandler =>
  (event, context) =>
    inInvocation(
      { operation, requestId: idOf(event?.requestContext?.requestId), awsRequestId: idOf(context?.awsRequestId) },
      () => tallied(() => handler(event, context)),
      Date.now() + ANSWER_WITHIN_MS,
    );
