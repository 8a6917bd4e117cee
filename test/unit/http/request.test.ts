import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { ApiError } from '../../../functions/shared/errors/api-error.ts';
import type { Contract } from '../../../functions/shared/http/contract.ts';
import { readRequest } from '../../../functions/shared/http/request.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';

const caller = exampleAccessToken({ id: 'a', application: null });
const contractOf = (operationId: string) => {
  const found = endpoints.find(({ contract }) => contract.operationId === operationId);
  if (found === undefined) throw new Error(operationId);
  return found.contract;
};

const eventOf = ({ method }: Contract, event: Partial<APIGatewayProxyEventV2>): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: '/',
  rawQueryString: '',
  headers: {},
  requestContext: {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http: { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '', userAgent: '' },
    requestId: '',
    routeKey: '$default',
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  isBase64Encoded: false,
  ...event,
});

const read = (operationId: string, event: Partial<APIGatewayProxyEventV2>, authenticate = async () => caller) =>
  readRequest(contractOf(operationId), eventOf(contractOf(operationId), event), authenticate);
const form = (body: string): Partial<APIGatewayProxyEventV2> => ({
  headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=ISO-8859-1' },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

test('parameters come from query and form together, query first', async () => {
  const { parameters } = await read('addTenantRoles', {
    ...form('role=C&accessTokenId=b'),
    pathParameters: { name: 'acme' },
    rawQueryString: 'role=A+1&role=%C3%BC%2B&accessTokenId=a',
  });
  expect(parameters).toEqual({ name: 'acme', role: ['A 1', 'ü+', 'C'] });
});

test.each([
  ['attributesToReturn=a&attributeToReturn=b', ['a', 'b']],
  ['attributesToReturn=a,b&attributeToReturn=c', ['a', 'b', 'c']],
  ['attributeToReturn=c,%20d&attributesToReturn=a,b', ['a', 'b', 'c', 'd']],
  ['attributesToReturn=a,b&attributeToReturn=b&attributeToReturn=c,d', ['a', 'b', 'c,d']],
  ['attributesToReturn=&attributeToReturn=a', ['a']],
  ['attributesToReturn=&attributeToReturn=', []],
  ['attributeToReturn=a,b', ['a', 'b']],
])('a list in two spellings is the union of both: %s', async (rawQueryString, names) => {
  const pathParameters = { id: 'x' };
  expect((await read('getProfile', { pathParameters, rawQueryString })).parameters).toEqual({
    id: 'x',
    attributesToReturn: names,
  });
  const sent = await read('enableProfile', { ...form(rawQueryString), pathParameters });
  expect(sent.parameters).toMatchObject({ attributesToReturn: names });
});

test('of several access tokens the first of the query counts, then that of the form', async () => {
  const authenticate = jest.fn(async () => caller);
  await read('countTenants', { rawQueryString: 'accessTokenId=q&accessTokenId=r' }, authenticate);
  await read('enableProfile', { ...form('accessTokenId=f'), pathParameters: { id: 'x' } }, authenticate);
  await read('countTenants', {}, authenticate);
  expect(authenticate.mock.calls).toEqual([['q'], ['f'], [undefined]]);
});

test.each([
  ['acme', 'acme'],
  ['acme.json', 'acme'],
  ['acme.com.json', 'acme.com'],
  ['acme.json.json', 'acme.json'],
  ['acme.JSON', 'acme.JSON'],
  ['.json', ''],
])('one .json is taken off the last path variable: %s', async (name, expected) => {
  const { parameters } = await read('getTenant', { pathParameters: { name } });
  expect(parameters).toEqual({ name: expected });
});

test('a path variable before the end keeps its .json', async () => {
  const { parameters } = await read('enableProfile', { pathParameters: { id: 'x.json' } });
  expect(parameters).toMatchObject({ id: 'x.json' });
});

test('a path variable is never taken from the query', async () => {
  await expect(read('getTenant', { rawQueryString: 'name=x' })).rejects.toThrow('Parameter "name" is missing');
});

test('routes of a JSON body read parameters from the query only', async () => {
  const { parameters, body } = await read('updateProfileAttributes', {
    pathParameters: { id: 'x' },
    headers: { 'content-type': 'application/json' },
    body: '{"attributesToReturn":"a"}',
  });
  expect([parameters, body]).toEqual([{ id: 'x', attributesToReturn: undefined }, { attributesToReturn: 'a' }]);
});

test.each([
  ['application/json', '{"verificationTokenId":"x"}'],
  ['text/plain', 'verificationTokenId=x'],
  ['', 'verificationTokenId=x'],
])('of a body of type "%s" on a form route the text says what is read instead', async (type, body) => {
  const reading = read('verifyProfile', { headers: { 'content-type': type }, body });
  const missing = 'Parameter "verificationTokenId" is missing';
  await expect(reading).rejects.toThrow(`${missing}: it is read from the query or a form`);
  await expect(reading).rejects.toThrow(`not from a body of type "${type}"`);
  await expect(reading).rejects.toMatchObject({ kind: 'invalidRequest' });
  await expect(read('verifyProfile', { headers: { 'content-type': type } })).rejects.toThrow(new Error(missing));
  const inQuery = read('verifyProfile', {
    headers: { 'content-type': type },
    body,
    rawQueryString: 'verificationTokenId=q',
  });
  expect((await inQuery).parameters).toMatchObject({ verificationTokenId: 'q' });
});

test('the access token is told before a broken body, a missing parameter or a wrong type', async () => {
  const authenticate = () => Promise.reject(new ApiError('missingAccessToken', 'first'));
  const wrong = [
    read('createTenant', { headers: { 'content-type': 'application/json' }, body: '{' }, authenticate),
    read('createTenant', {}, authenticate),
    read('createProfile', {}, authenticate),
  ];
  for (const request of wrong) await expect(request).rejects.toThrow('first');
});

test('whatever event comes, a request or an error of the catalogue comes out', async () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.json(), fc.webQueryParameters());
  const contentType = fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'APPLICATION/JSON; charset=x',
  );
  const events = fc.record({
    rawQueryString: anyText,
    body: anyText,
    isBase64Encoded: fc.boolean(),
    headers: fc.dictionary(fc.constantFrom('content-type', 'Content-Type', 'x'), fc.oneof(contentType, anyText)),
    pathParameters: fc.dictionary(fc.constantFrom('id', 'name', 'attachmentId', 'suffix', '__proto__'), anyText),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...endpoints), events, async ({ contract }, event) => {
      const outcome = await readRequest(contract, eventOf(contract, event), async () => caller).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (outcome === undefined) return;
      expect(outcome).toBeInstanceOf(ApiError);
      expect(outcome).not.toMatchObject({ kind: 'internal' });
    }),
    { numRuns: 2_000 },
  );
});
