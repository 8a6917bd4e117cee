import { createServer, type RequestListener, type Server } from 'node:http';
import { requireGivenEngine } from '../../../lib/local/given-engine.ts';

const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
const before = process.env[variable];
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
afterAll(() => {
  delete process.env[variable];
  if (before !== undefined) process.env[variable] = before;
});

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** Refuses every request as DynamoDB does, and these operations as unknown. */
const engineWithout =
  (...lacking: readonly string[]): RequestListener =>
  (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
    const kind = lacking.includes(operation) ? 'UnknownOperationException' : 'ValidationException';
    response.writeHead(400).end(JSON.stringify({ __type: `com.amazon.coral.service#${kind}` }));
  };

test.each([
  [
    'localhost:8000',
    'AWS_ENDPOINT_URL_DYNAMODB=localhost:8000 is no http:// or https:// URL: write http://localhost:8000',
  ],
  [
    '127.0.0.1:8000',
    'AWS_ENDPOINT_URL_DYNAMODB=127.0.0.1:8000 is no http:// or https:// URL: write http://127.0.0.1:8000',
  ],
  [
    'ftp://host',
    'AWS_ENDPOINT_URL_DYNAMODB=ftp://host is no http:// or https:// URL, for example http://127.0.0.1:8000',
  ],
  [
    'what is it',
    'AWS_ENDPOINT_URL_DYNAMODB="what is it" is no http:// or https:// URL, for example http://127.0.0.1:8000',
  ],
  ['http://me:secret@host', 'AWS_ENDPOINT_URL_DYNAMODB has a user name or a password in its URL: leave them out'],
])('%s is refused with what to write', async (value, message) => {
  process.env[variable] = value;
  await expect(requireGivenEngine()).rejects.toThrow(message);
});

test('where nothing listens the message names the variable, its value, the reason and what to do', async () => {
  const url = await listening(engineWithout());
  await new Promise((resolve) => servers.pop()?.close(resolve));
  process.env[variable] = url;
  await expect(requireGivenEngine()).rejects.toThrow(
    `${variable}=${url} cannot be reached (ECONNREFUSED): name one that runs, or leave ${variable} out for the embedded one`,
  );
});

test.each([
  ['a page', 404, '<html>Not found</html>'],
  ['another API', 200, '{"ok":true}'],
  ['nothing', 204, ''],
])('a server that answers with %s is no DynamoDB', async (_what, status, body) => {
  process.env[variable] = await listening((_, response) => response.writeHead(status).end(body));
  await expect(requireGivenEngine()).rejects.toThrow(` is no DynamoDB (it answers ${status}, and not as one does): `);
});

test('operations that are lacking are named', async () => {
  process.env[variable] = await listening(engineWithout('UpdateTimeToLive', 'TransactWriteItems'));
  await expect(requireGivenEngine()).rejects.toThrow(
    ' does not know UpdateTimeToLive, TransactWriteItems, which is needed: ',
  );
});

test('one that knows them all is taken, and so is none', async () => {
  process.env[variable] = await listening(engineWithout());
  await requireGivenEngine();
  process.env[variable] = '';
  await requireGivenEngine();
});
