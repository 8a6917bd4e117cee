import { createServer } from 'node:http';
import { deployedLog } from '../../../lib/smoke/function-log.ts';

/** What each group holds, in the order of time: lines, perhaps after the name of their stream. */
let groups: Readonly<Record<string, readonly string[]>> = {};
const asked: Record<string, unknown>[] = [];

/** As much of a filter pattern as is used here: any of some words. */
const matches = (pattern: string, line: string) =>
  [...pattern.matchAll(/"([^"]+)"/g)].some(([, word = '']) => line.includes(word));

function answerTo(input: Record<string, string>): { readonly status: number; readonly body: unknown } {
  const lines = groups[input.logGroupName ?? ''];
  if (lines === undefined) return { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no group' } };
  const found = lines.filter((line) => matches(input.filterPattern ?? '', line));
  // An empty page comes first, as it does where there is much to look through.
  if (input.nextToken === undefined) return { status: 200, body: { events: [], nextToken: 'second page' } };
  const events = found.map((line) => {
    const [message = '', logStreamName = 'a stream'] = line.split('\t').reverse();
    return { message: `${message}\n`, logStreamName };
  });
  return { status: 200, body: { events } };
}

const server = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const input = JSON.parse(text);
  asked.push(input);
  const { status, body } = answerTo(input);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  process.env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS = `http://127.0.0.1:${port}`;
  Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'k', AWS_SECRET_ACCESS_KEY: 's' });
});
afterAll(() => {
  server.close().closeAllConnections();
});
afterEach(() => asked.splice(0));

const access = '/aws/vendedlogs/serverless-profile/dev/access';
const own = '/serverless-profile/dev/functions';
const streamOf = (id: string) => `2026/07/26/ServerlessProfile-dev-Api-${id}-a1B2c3[$LATEST]0a1b0a1b\t`;
const call = { functionName: 'profile/create-profile', requestId: 'JKJaXm=', sinceMs: 5, isLogged: true };
const accessed = '{"requestId":"JKJaXm=","integrationError":"-","integrationRequestId":"4711-0815"}';

test('a call has its lines of the access log, of its function and of Lambda', async () => {
  const failed = '{"level":"ERROR","requestId":"JKJaXm="}';
  const crashed = '{"type":"platform.report","record":{"requestId":"4711-0815","status":"timeout"}}';
  groups = {
    [access]: ['{"requestId":"other"}', accessed],
    [own]: ['{"requestId":"other"}', failed, crashed],
    '/serverless-profile/dev2/functions': [failed],
  };
  expect(await deployedLog('dev')(call)).toEqual([accessed, failed, crashed]);
  expect(asked.filter(({ startTime }) => startTime === 5)).toHaveLength(4);
});

test('without an id, what the function has to complain about', async () => {
  const stream = streamOf('CreateProfileFunction');
  groups = {
    [own]: [
      `${stream}{"level":"INFO"}`,
      `${streamOf('GetProfileFunction')}{"level":"ERROR"}`,
      `${stream}{"level":"ERROR"}`,
      `${stream}Task timed out after 29.00 seconds`,
    ],
  };
  expect(await deployedLog('dev')({ ...call, requestId: undefined })).toEqual([
    '{"level":"ERROR"}',
    'Task timed out after 29.00 seconds',
  ]);
});

test('where the function need not have logged it, nothing is waited for', async () => {
  groups = { [access]: [accessed], [own]: ['{"requestId":"other"}'] };
  const lines = await deployedLog('dev')({ ...call, isLogged: false });
  expect(lines).toEqual([accessed, `nothing of profile/create-profile in ${own}`]);
});

test('a log that cannot be read is said to be so', async () => {
  groups = { [own]: [] };
  expect(await deployedLog('dev')(call)).toEqual(['the log cannot be read: no group']);
});
