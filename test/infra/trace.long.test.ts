import { execFile, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildBundles, mapsOf } from '../../lib/build/bundle.ts';

const NAME = 'profile/get-profile';
const node = join(process.cwd(), 'node_modules/.bin/node');
const outdir = mkdtempSync(join(tmpdir(), 'trace-'));
const maps = mapsOf(outdir);

/** Serves the bundle as the local stack does, makes one request, and prints its answer. */
const caller = `
import { startHttpServer } from './lib/local/http-server.ts';
import { bundledHandler } from './lib/local/bundled-functions.ts';
const contract = { method: 'GET', path: '/profile/{id}' };
const handler = bundledHandler(${JSON.stringify(outdir)}, ${JSON.stringify(NAME)});
const server = await startHttpServer({ functions: [{ contract, handler, name: 'get-profile' }], fallback: handler });
const id = '592715d4d4c650e226b03b62';
const url = server.url + '/crafter-profile/api/1/profile/' + id + '?accessTokenId=e8f5170c-877b-416f-b70f-4b09772f8e2d';
const answer = await fetch(url);
const { status, headers } = answer;
console.log('answer', JSON.stringify({ status, requestId: headers.get('x-request-id'), body: await answer.text() }));
process.exit();
`;

interface Walked {
  readonly answer: { readonly status: number; readonly requestId: string; readonly body: string };
  /** What the function has logged. */
  readonly log: string;
}

/** A call of the real bundle, against a store that gives this answer to whatever it is asked. */
async function callOn(status: number, text: string): Promise<Walked> {
  const store = createServer((request, response) => {
    request.resume();
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'STORE1' })
      .end(text);
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  const address = store.address();
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    PROFILES_TABLE: 'profiles',
    TOKENS_TABLE: 'tokens',
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(node, ['--input-type=module', '-e', caller], { env });
    const lines = `${stdout}${stderr}`.split('\n');
    const isLog = (line: string) => line.startsWith('{');
    const answer = lines.find((line) => line.startsWith('answer '))?.slice('answer '.length);
    return { answer: JSON.parse(answer ?? 'null'), log: `${lines.filter(isLog).join('\n')}\n` };
  } finally {
    store.close().closeAllConnections();
  }
}

/** `npm run admin -- trace`, as an operator runs it. */
function trace(args: readonly string[], input?: string | Buffer) {
  const { status, stdout, stderr } = spawnSync(node, ['bin/admin.ts', 'trace', ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Where the one source of this function makes a call, for example `functions/shared/x.ts:11`. */
function placeOf(definition: string, call: string): string {
  const found = globSync('functions/**/*.ts').flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const from = lines.findIndex((line) => line.includes(definition));
    const at = lines.findIndex((line, index) => index >= from && line.includes(call));
    return from < 0 ? [] : [`${file}:${at + 1}`];
  });
  expect([definition, found]).toEqual([definition, [expect.any(String)]]);
  return found[0] ?? '';
}

const refusal = JSON.stringify({ __type: 'com.amazon.coral.validate#ValidationException', message: 'secret' });
const expected = () => placeOf('function getBatch(', '.send(');
/** The log as Lambda has it: there a bundle knows no name of its own. */
const asInLambda = (log: string) => log.replaceAll(`file://${outdir}/${NAME}/`, 'file:///var/task/');
let refused: Walked;

beforeAll(async () => {
  await buildBundles({ outdir, only: NAME });
  refused = await callOn(400, refusal);
});
afterAll(() => rmSync(outdir, { recursive: true }));

test('from the answer of a 500 its id leads to the log, and the log to the line that failed', () => {
  const { answer, log } = refused;
  expect(answer).toEqual({
    status: 500,
    requestId: expect.stringMatching(/^[\w-]{36}$/),
    body: '{"errorCode":"OTHER","message":"Internal server error"}',
  });
  const lines = log.split('\n').filter((line) => line.includes(answer.requestId));
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      operation: 'getProfile',
      bundle: expect.stringMatching(/^[0-9a-f]{12}$/),
      error: expect.objectContaining({
        name: 'ValidationException',
        awsRequestId: 'STORE1',
        httpStatusCode: 400,
        attempts: 1,
      }),
    }),
  ]);
  expect(log).not.toContain('secret');
  const { status, stdout, stderr } = trace([], lines[0]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(new RegExp(`at async ${expected()}:\\d+ \\(getBatch\\)`));
  expect(stdout).toMatch(/at async functions\/shared\/domain\/profile\/load-profile\.ts:\d+:\d+ \(/);
  expect(stdout).not.toContain('index.mjs');
});

test('a store that answers nonsense leads there as well', async () => {
  const { answer, log } = await callOn(200, '<html>');
  expect(answer.status).toBe(500);
  expect(trace([], log).stdout).toContain(expected());
});

test('the log of Lambda is traced with kept source maps, or with those of the checkout, whose build is the same', () => {
  const file = join(outdir, 'log.json');
  writeFileSync(file, asInLambda(refused.log));
  const kept = trace([file, '--maps', maps]);
  expect([kept.status, kept.stderr]).toEqual([0, '']);
  expect(kept.stdout).toContain(expected());
  expect(trace([file])).toEqual(kept);
});

test('a log of another build is never traced', () => {
  const other = asInLambda(refused.log).replace(/"bundle":"[0-9a-f]{12}"/, '"bundle":"0123456789ab"');
  expect(trace(['--maps', maps], other)).toEqual({
    status: 1,
    stdout: '',
    stderr: `No source map of ${NAME}, build 0123456789ab, is in ${maps}\n`,
  });
  const { status, stdout, stderr } = trace([], other);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`The log is of another build of ${NAME} (0123456789ab)`);
});

const frames = (log: string) => [...log.matchAll(/at [^"]+/g)].map(([frame]) => `    ${frame}`).join('\n');

test('a bare stack is traced for the function that is named, and it is said that its build is not known', () => {
  const stack = `Error: x\n${frames(asInLambda(refused.log))}\n`;
  expect(trace(['--maps', maps], stack)).toMatchObject({
    status: 1,
    stderr:
      'The log does not say which function it is of: give it with the names of its streams, or the function with --function NAME\n',
  });
  const { status, stdout, stderr } = trace(['--maps', maps, '--function', NAME], stack);
  expect([status, stderr]).toEqual([
    0,
    `The log does not name the build of ${NAME}: the lines are those of the build at hand\n`,
  ]);
  expect(stdout).toMatch(/^Error: x\n {4}at /);
  expect(stdout).toContain(expected());
});

test.each([
  ['an empty log', '', [], 2, 'Standard input is empty'],
  ['no text', Buffer.from([0xff, 0xfe, 0, 1]), [], 2, 'Standard input is no text'],
  ['bytes of zero', Buffer.from('a\0b'), [], 2, 'Standard input is no text'],
  ['a packed log', Buffer.from([0x1f, 0x8b, 8]), [], 2, 'Standard input is packed: gunzip it first'],
  ['a log without a stack', '{"level":"INFO"}\n', [], 1, 'There is no frame of a function in the log'],
  [
    'frames of Lambda alone',
    'at x (file:///var/runtime/index.mjs:1:1)',
    [],
    1,
    'There is no frame of a function in the log',
  ],
  ['a file that is not there', '', ['no-such-file'], 2, `There is no file ${join(process.cwd(), 'no-such-file')}`],
  ['a directory', '', ['lib'], 2, `${join(process.cwd(), 'lib')} cannot be read (EISDIR)`],
])('%s is told in one line', (_, input, args, status, message) => {
  expect(trace(args, input)).toEqual({ status, stdout: '', stderr: `${message}\n` });
});

test('an unknown function is told in one line, as wrongly typed', () => {
  const stderr = `There is no function "no/such": they are named as in functions/ (profile/reset-password) or in openapi.json (resetPassword)\n`;
  expect(trace(['--function', 'no/such'], 'at /var/task/index.mjs:1:1')).toEqual({ status: 2, stdout: '', stderr });
});

test('a frame outside of the map stays as it is, beside those that are inside', () => {
  const log = asInLambda(refused.log).replace('"stack":[', '"stack":["at x (file:///var/task/index.mjs:9999:1)",');
  const { status, stdout, stderr } = trace(['--maps', maps], log);
  expect([status, stderr]).toEqual([0, 'A frame lies outside of its source map: it stays as it is\n']);
  expect(stdout).toContain('"at x (file:///var/task/index.mjs:9999:1)"');
  expect(stdout).toContain(expected());
});

test('what is no source map is told', () => {
  const place = mkdtempSync(join(tmpdir(), 'maps-'));
  writeFileSync(join(place, 'fallback.map'), '{}');
  expect(trace(['--maps', place, '--function', 'fallback'], 'at /var/task/index.mjs:1:1')).toMatchObject({
    status: 1,
    stderr: `${join(place, 'fallback.map')} is no source map of a bundle\n`,
  });
  rmSync(place, { recursive: true });
});
