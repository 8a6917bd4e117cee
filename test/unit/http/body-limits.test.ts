import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { missingAccessToken, unknownAccessToken } from '../../../functions/shared/errors/api-error.ts';
import { readRequest } from '../../../functions/shared/http/request.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { eventOf } from '../../../lib/local/gateway.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';

const MEGABYTE = 1024 * 1024;
const SMALL = 64 * 1024;
const formType = 'application/x-www-form-urlencoded';
const multipartType = 'multipart/form-data; boundary=b';
const part = (name: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
const caller = exampleAccessToken({ id: 'a', application: null });

let authenticate: jest.Mock<Promise<AccessToken>, [string | undefined]>;
beforeEach(() => {
  Object.assign(process.env, { UPLOAD_LIMIT_BYTES: '4194304' });
  authenticate = jest.fn(async (id) => {
    if (id === undefined) throw missingAccessToken();
    if (id === 'nobody') throw unknownAccessToken(id);
    return caller;
  });
});

/** What comes of such a request: the parameters, or the kind and text of the error. */
async function outcome(operationId: string, query: string, type: string, body: string): Promise<unknown> {
  const found = endpoints.find(({ contract }) => contract.operationId === operationId);
  if (found === undefined) throw new Error(operationId);
  const { method } = found.contract;
  const headers = [['content-type', type]] as const;
  const request = { method, path: '/', decodedPath: '/', query, headers, body: Buffer.from(body) };
  const event = eventOf(request, { routeKey: '', pathParameters: { id: 'x', name: 'x' } }, { requestId: '', atMs: 0 });
  try {
    return (await readRequest(found.contract, event, authenticate)).parameters;
  } catch (error) {
    return error;
  }
}

const tooLarge = (bytes: number) =>
  expect.objectContaining({ kind: 'bodyTooLarge', message: `The body is larger than ${bytes} bytes` });
const refused = (message: string) => expect.objectContaining({ kind: 'invalidRequest', message });
const json = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
const bytes = (count: number) => 'x'.repeat(count);

test.each([
  ['a form', 'authenticate', formType, `a=${bytes(2 * MEGABYTE - 1)}`, tooLarge(2 * MEGABYTE)],
  ['a form for an upload', 'uploadAttachment', formType, `a=${bytes(2 * MEGABYTE - 1)}`, tooLarge(2 * MEGABYTE)],
  ['JSON', 'updateProfileAttributes', 'application/json', json(2 * MEGABYTE + 1), tooLarge(2 * MEGABYTE)],
  ['another JSON', 'createTenant', 'application/x+json', bytes(2 * MEGABYTE + 1), tooLarge(2 * MEGABYTE)],
  ['text parts', 'authenticate', multipartType, `${part('a', bytes(2 * MEGABYTE))}--b--`, tooLarge(2 * MEGABYTE)],
  ['an upload', 'uploadAttachment', multipartType, `${part('a', bytes(4 * MEGABYTE))}--b--`, tooLarge(4 * MEGABYTE)],
  ['what is not read', 'authenticate', 'text/plain', bytes(2 * MEGABYTE + 1), tooLarge(2 * MEGABYTE)],
  ['fields', 'authenticate', formType, 'a&'.repeat(30_001), refused('The form has more than 30000 fields')],
  [
    'parts',
    'uploadAttachment',
    multipartType,
    `${part('a', 'b').repeat(1_001)}--b--`,
    refused('The multipart body has more than 1000 parts'),
  ],
  [
    'a boundary',
    'uploadAttachment',
    `multipart/form-data; boundary=${bytes(71)}`,
    'x',
    refused('The boundary of the multipart body is longer than 70 characters'),
  ],
])('too much of %s is refused, once the caller is known', async (_, operationId, type, body, error) => {
  expect(await outcome(operationId, 'accessTokenId=a', type, body)).toEqual(error);
  expect(await outcome(operationId, 'accessTokenId=nobody', type, body)).toMatchObject({ kind: 'unknownAccessToken' });
  expect(await outcome(operationId, '', type, body)).toMatchObject({ kind: 'missingAccessToken' });
});

const zeros = (count: number) => `[${Array(count).fill(0)}]`;
const permissions = (count: number) => `[${Array(count).fill('{"allowedActions":[0,0]}')}]`;
const ofDefinitions = (each: string, count: number) => `[${Array(count).fill(`{"name":"a","permissions":${each}}`)}]`;
const deep = (levels: number) => `${'{"permissions":['.repeat(levels)}0${']}'.repeat(levels)}`;

test.each([
  ['roles', 'createTenant', `{"availableRoles":${zeros(30_001)}}`],
  ['definitions', 'updateTenant', `{"attributeDefinitions":${zeros(30_001)}}`],
  ['definitions alone', 'addAttributeDefinitions', zeros(30_001)],
  ['permissions in all', 'updateAttributeDefinitions', ofDefinitions(permissions(1_000), 10)],
  ['permissions of a token', 'createAccessToken', `{"tenantPermissions":${permissions(10_001)}}`],
  [
    'roles and permissions',
    'createTenant',
    `{"availableRoles":${zeros(15_000)},"attributeDefinitions":[{"permissions":${permissions(5_000)}}]}`,
  ],
  ['elements of another shape', 'createTenant', zeros(30_001)],
  ['levels', 'createTenant', deep(30_001)],
])('too many %s are refused before one is looked at', async (_, operationId, body) => {
  expect(await outcome(operationId, 'accessTokenId=a', 'application/json', body)).toEqual(
    refused('The body has more than 30000 elements in its lists'),
  );
});

test.each([
  ['roles', 'createTenant', `{"availableRoles":${zeros(30_000)}}`],
  ['permissions', 'updateAttributeDefinitions', ofDefinitions(permissions(999), 10)],
  [
    'metadata and default values',
    'addAttributeDefinitions',
    `[{"metadata":{"permissions":${zeros(99_999)}},"defaultValue":${zeros(99_999)}}]`,
  ],
  ['attributes', 'updateProfileAttributes', `{"permissions":${zeros(99_999)}}`],
])('as many elements of %s as may be are read', async (_, operationId, body) => {
  expect(await outcome(operationId, 'accessTokenId=a', 'application/json', body)).not.toBeInstanceOf(Error);
});

test('too many fields of the query are refused', async () => {
  const query = `accessTokenId=a${'&a'.repeat(30_000)}`;
  expect(await outcome('authenticate', query, formType, '')).toEqual(
    refused('The query string has more than 30000 fields'),
  );
});

test.each([
  ['fields', formType, `${'a&'.repeat(30_001)}accessTokenId=a`],
  ['bytes', formType, `a=${bytes(2 * MEGABYTE)}&accessTokenId=a`],
  ['bytes of parts', multipartType, `${part('a', bytes(2 * MEGABYTE))}${part('accessTokenId', 'a')}--b--`],
])('the access token is found behind too many %s', async (_, type, body) => {
  expect(await outcome('authenticate', '', type, body)).not.toMatchObject({ kind: 'missingAccessToken' });
  expect(authenticate.mock.calls).toEqual([['a']]);
});

test.each([
  ['a form', 'verifyProfile', formType, `verificationTokenId=a&x=${bytes(2 * MEGABYTE - 24)}`],
  ['fields', 'verifyProfile', formType, `verificationTokenId=a${'&x'.repeat(29_999)}`],
  ['JSON', 'updateProfileAttributes', 'application/json', json(2 * MEGABYTE)],
  ['an upload', 'uploadAttachment', multipartType, `${part('a', bytes(4 * MEGABYTE - 100))}--b--`],
  ['parts', 'uploadAttachment', multipartType, `${part('a', 'b').repeat(1_000)}--b--`],
])('as much of %s as is allowed is read', async (_, operationId, type, body) => {
  expect(await outcome(operationId, 'accessTokenId=a', type, body)).not.toBeInstanceOf(Error);
});

describe('while the caller is not known', () => {
  const started = { json: jest.spyOn(JSON, 'parse'), form: jest.spyOn(Buffer, 'from') };
  let settle: () => void;
  beforeEach(() => {
    const { promise, resolve } = Promise.withResolvers<AccessToken>();
    settle = () => resolve(caller);
    authenticate = jest.fn((_id: string | undefined) => promise);
  });
  afterAll(() => jest.restoreAllMocks());

  test.each([
    ['small JSON is read', 'updateProfileAttributes', 'accessTokenId=a', json(SMALL), 1],
    ['larger JSON waits', 'updateProfileAttributes', 'accessTokenId=a', json(SMALL + 1), 0],
    ['JSON of many values waits', 'updateProfileAttributes', 'accessTokenId=a', `{"a":[${'0,'.repeat(2_000)}0]}`, 0],
    ['larger JSON waits without a token too', 'updateProfileAttributes', '', json(SMALL + 1), 0],
  ])('%s', async (_, operationId, query, body, times) => {
    started.json.mockClear();
    const reading = outcome(operationId, query, 'application/json', body);
    await new Promise(setImmediate);
    expect([started.json.mock.calls.length, authenticate.mock.calls.length]).toEqual([times, 1]);
    settle();
    expect(await reading).not.toBeInstanceOf(Error);
    expect([started.json.mock.calls.length, authenticate.mock.calls.length]).toEqual([1, 1]);
  });

  test.each([
    ['a small form is read', 'accessTokenId=a', SMALL, true],
    ['a larger form waits', 'accessTokenId=a', SMALL + 1, false],
    ['a larger form that may hold the token is read', '', SMALL + 1, true],
  ])('%s', async (_, query, size, isRead) => {
    started.form.mockClear();
    const body = `accessTokenId=a&verificationTokenId=b&x=${bytes(size - 40)}`;
    const reading = outcome('verifyProfile', query, formType, body);
    await new Promise(setImmediate);
    const readBodies = started.form.mock.calls.filter(
      (given) => given.length > 1 && String(Object.values(given)[1]) === 'base64',
    );
    expect([readBodies.length > 0, authenticate.mock.calls.length]).toEqual([isRead, 1]);
    settle();
    expect(await reading).not.toBeInstanceOf(Error);
    expect(authenticate.mock.calls).toEqual([['a']]);
  });
});
