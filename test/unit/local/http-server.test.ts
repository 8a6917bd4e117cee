import { startHttpServer } from '../../../lib/local/http-server.ts';

beforeAll(() => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
});

test('a function that crashes is a 500 of the gateway, with the id under which the log has it', async () => {
  let requestId = '';
  const server = await startHttpServer({
    functions: [],
    fallback: async (event) => {
      requestId = event.requestContext.requestId;
      throw new Error('secret');
    },
  });
  const answer = await fetch(`${server.url}/x`);
  const { status, headers } = answer;
  expect([status, await answer.text(), headers.get('x-request-id')]).toEqual([
    500,
    '{"message":"Internal Server Error"}',
    requestId,
  ]);
  await server.stop();
});
