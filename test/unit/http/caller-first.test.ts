import { unknownAccessToken } from '../../../functions/shared/errors/api-error.ts';
import { endpointWith } from '../../../functions/shared/http/middleware-stack.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { eventOf } from '../../../lib/local/gateway.ts';
import { lambdaContext } from '../../../lib/local/lambda-context.ts';

const guarded = endpoints.filter(({ contract }) => contract.authorisation === 'accessToken');

beforeAll(() => {
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    PROFILES_TABLE: 'p',
    TOKENS_TABLE: 't',
    TICKETS_TABLE: 's',
    ATTACHMENTS_BUCKET: 'b',
    MAIL_SENDER: 'm@example.org',
  });
});

/** A call of an endpoint with this contract that forgets its caller. */
function forgetful(
  { contract, name }: (typeof guarded)[number],
  authenticate: Parameters<typeof endpointWith>[0],
): Promise<{ statusCode?: number | undefined }> {
  const bare = { ...contract, parameters: {}, body: undefined, response: 'empty' as const, path: '/x' as const };
  const handler = endpointWith(authenticate)(bare, async () => undefined, {});
  const request = { method: contract.method, path: '/x', decodedPath: '/x', query: '', headers: [], body: Buffer.of() };
  const event = eventOf(request, { routeKey: `${contract.method} /x` }, { requestId: 'test', atMs: 0 });
  return handler(event, lambdaContext(name, 'test'));
}

test.each(guarded)('$contract.operationId answers nothing to a caller who is refused', async (endpoint) => {
  const answer = await forgetful(endpoint, () => Promise.reject(unknownAccessToken('x')));
  expect(answer.statusCode).toBe(403);
});

test.each(guarded)('$contract.operationId answers nothing before its caller is known', async (endpoint) => {
  const { promise, reject } = Promise.withResolvers<never>();
  const answer = forgetful(endpoint, () => promise);
  const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 20, 'nothing yet'))]);
  reject(unknownAccessToken('x'));
  expect([first, (await answer).statusCode]).toEqual(['nothing yet', 403]);
});
