import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { fallbackHandler } from '../../../functions/shared/http/fallback.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { eventOf } from '../../../lib/local/gateway.ts';
import { lambdaContext } from '../../../lib/local/lambda-context.ts';

const requestId = 'JKJaXmPLvHcESHA=';
const request = { method: 'GET', path: '/x', decodedPath: '/x', query: '', headers: [], body: Buffer.alloc(0) };
const event = eventOf(request, undefined, { requestId, atMs: 0 });
const context = lambdaContext('x', 'aws-request');
const body = '{"errorCode":"OTHER","message":"Internal server error"}';
const fixed = { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' };
/** What no type allows, and Lambda may hand over all the same. */
const odd = (value: unknown) => value as APIGatewayProxyEventV2;
const noContext = undefined as unknown as Context;

let logged: unknown[];
beforeEach(() => {
  logged = [];
  process.env.WIRE_LINE = 'neither';
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((line) => {
      logged.push(JSON.parse(String(line)));
      return true;
    });
});
afterEach(() => {
  delete process.env.WIRE_LINE;
  jest.restoreAllMocks();
});

describe.each(endpoints.map(({ contract, handler }) => [contract.operationId, handler] as const))(
  '%s',
  (operation, handler) => {
    test('without its configuration answers the id under which the log says why', async () => {
      const headers = { ...fixed, 'x-request-id': requestId };
      expect(await handler(event, context)).toEqual({ statusCode: 500, headers, body });
      const error = {
        name: 'ConfigurationError',
        message: expect.stringContaining('WIRE_LINE must be 3.1, 3.1.0 or 3.0'),
      };
      expect(logged).toEqual([
        expect.objectContaining({
          level: 'ERROR',
          message: 'Unexpected failure',
          operation,
          requestId,
          awsRequestId: 'aws-request',
          error: expect.objectContaining(error),
        }),
      ]);
    });
  },
);

const handlers = [
  ['an endpoint', endpoints[0]?.handler ?? fallbackHandler([])],
  ['an endpoint of the management token', endpoints.find(({ name }) => name === 'monitoring/get-status')?.handler],
  ['the fallback', fallbackHandler([['(', 'GET']])],
] as const;
const oddEvents = [
  ['nothing', undefined],
  ['null', null],
  ['text', 'event'],
  ['an object', {}],
  ['one without an id', { ...event, requestContext: {} }],
  ['one whose context is null', { ...event, requestContext: null }],
  ['one whose id is a number', { ...event, requestContext: { requestId: 5 } }],
  ['one whose id is no header', { ...event, requestContext: { requestId: 'a\r\nset-cookie: b' } }],
  ['one whose id is huge', { ...event, requestContext: { requestId: 'x'.repeat(100_000) } }],
] as const;

describe.each(handlers)('of %s', (_, handler) => {
  test.each(oddEvents)('an event that is %s is answered without an id', async (_what, value) => {
    expect(await handler?.(odd(value), context)).toEqual({ statusCode: 500, headers: fixed, body });
  });

  test('a call without a context is answered', async () => {
    expect(await handler?.(event, noContext)).toMatchObject({
      statusCode: 500,
      headers: { 'x-request-id': requestId },
    });
  });
});

test('a fallback that fails logs as an endpoint does', async () => {
  await fallbackHandler([['(', 'GET']])(event, context);
  expect(logged).toMatchObject([
    { message: 'Unexpected failure', operation: 'fallback', requestId, error: { name: 'SyntaxError' } },
  ]);
});

test('calls at the same time keep their ids apart', async () => {
  const ids = ['one', 'two', 'three'];
  const answers = ids.map((id) =>
    fallbackHandler([['(', 'GET']])(eventOf(request, undefined, { requestId: id, atMs: 0 }), context),
  );
  expect((await Promise.all(answers)).map(({ headers }) => headers?.['x-request-id'])).toEqual(ids);
});

test('other errors carry no id', async () => {
  expect((await fallbackHandler([])(event, context)).headers).toEqual(fixed);
});
