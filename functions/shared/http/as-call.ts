import { inCall } from '../config/call.ts';
import type { LambdaHandler } from './endpoint.ts';

/** An id as API Gateway and Lambda give it; of anything else nothing, because it goes into a header. */
const idOf = (id: unknown) => (typeof id === 'string' && /^[\w=+/-]{1,100}$/.test(id) ? id : undefined);

/** A handler whose log lines and 500s carry the ids of the call, whatever the event looks like. */
export const asCall =
  (operation: string, handler: LambdaHandler): LambdaHandler =>
  (event, context) =>
    inCall(
      { operation, requestId: idOf(event?.requestContext?.requestId), awsRequestId: idOf(context?.awsRequestId) },
      () => handler(event, context),
    );
