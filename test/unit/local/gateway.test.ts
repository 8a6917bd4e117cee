import { decodedPath, eventOf, exceedsPayloadLimit, type WireRequest } from '../../../lib/local/gateway.ts';
import { routerOf } from '../../../lib/local/router.ts';
import { routeKeysOf } from '../../../lib/routes.ts';

const contracts = [
  { method: 'GET', path: '/profile/{id}' },
  { method: 'GET', path: '/profile/count' },
  { method: 'POST', path: '/profile/create' },
  { method: 'POST', path: '/profile/{id}/delete' },
  { method: 'GET', path: '/profile/{id}/attachments/' },
] as const;
const router = routerOf(
  contracts.flatMap((contract) => routeKeysOf(contract, '').map((routeKey) => [routeKey, contract.path] as const)),
);

test.each([
  ['GET', '/profile/count', '/profile/count', undefined],
  ['GET', '/profile/count.json', '/profile/count', undefined],
  ['GET', '/profile/create', '/profile/{id}', { id: 'create' }],
  ['GET', '/profile/1.json', '/profile/{id}', { id: '1.json' }],
  ['POST', '/profile/1/delete.json', '/profile/{id}/delete', { id: '1' }],
  ['GET', '/profile/1/attachments', '/profile/{id}/attachments/', { id: '1' }],
  ['GET', '/profile/1/attachments/', '/profile/{id}/attachments/', { id: '1', suffix: '' }],
  ['GET', '/profile/1/attachments/.json', '/profile/{id}/attachments/', { id: '1', suffix: '.json' }],
  ['GET', '/profile/1/attachments/a/b', '/profile/{id}/attachments/', { id: '1', suffix: 'a/b' }],
])('%s %s reaches %s', (method, path, target, pathParameters) => {
  const match = router(method, `/api/1${path}`);
  expect([match?.target, match?.pathParameters]).toEqual([target, pathParameters]);
});

test.each([
  ['GET', '/profile/'],
  ['GET', '/profile/1/'],
  ['POST', '/profile/create/'],
  ['POST', '/profile/1'],
  ['HEAD', '/profile/1'],
  ['GET', '/profile/a/b'],
])('%s %s reaches nothing', (method, path) => {
  expect(router(method, `/api/1${path}`)).toBeUndefined();
});

const request: WireRequest & { decodedPath: string } = {
  method: 'POST',
  path: '/api/1/tenant/acme%20corp',
  decodedPath: '/api/1/tenant/acme corp',
  query: 'a=1&a=%20&b=$none',
  headers: [
    ['Host', 'api.example.com'],
    ['X-Two', '1'],
    ['x-two', '2'],
    ['Cookie', 'a=1; b=2'],
    ['User-Agent', 'test'],
  ],
  body: Buffer.from('p=ö'),
};
const call = { requestId: 'request-1', atMs: 0 };

test('an event has the path decoded, the query as sent and headers joined', () => {
  const match = { routeKey: 'POST /api/1/tenant/{name}', pathParameters: { name: 'acme corp' } };
  expect(eventOf(request, match, call)).toEqual({
    version: '2.0',
    routeKey: 'POST /api/1/tenant/{name}',
    rawPath: '/api/1/tenant/acme corp',
    rawQueryString: 'a=1&a=%20&b=$none',
    cookies: ['a=1', 'b=2'],
    headers: { host: 'api.example.com', 'x-two': '1,2', 'user-agent': 'test' },
    queryStringParameters: { a: '1, ', b: '$none' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'api.example.com',
      domainPrefix: 'local',
      http: {
        method: 'POST',
        path: '/api/1/tenant/acme corp',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: 'request-1',
      routeKey: 'POST /api/1/tenant/{name}',
      stage: '$default',
      time: '1970-01-01T00:00:00.000Z',
      timeEpoch: 0,
    },
    pathParameters: { name: 'acme corp' },
    body: Buffer.from('p=ö').toString('base64'),
    isBase64Encoded: true,
  });
});

test.each([
  ['application/json', false],
  ['Application/JSON; charset=UTF-8', false],
  ['text/plain', false],
  ['application/xml', false],
  ['application/javascript', false],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=text/plain', true],
  ['application/jsonlines', true],
])('a body of type %s is in base64: %s', (contentType, isBase64Encoded) => {
  const event = eventOf({ ...request, headers: [['Content-Type', contentType]] }, undefined, call);
  expect(event.isBase64Encoded).toBe(isBase64Encoded);
  expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8')).toEqual(request.body);
});

test('a text that is no UTF-8 is in base64', () => {
  const body = Buffer.from('{"a":"\xe9"}', 'latin1');
  const event = eventOf({ ...request, headers: [['content-type', 'application/json']], body }, undefined, call);
  expect([event.isBase64Encoded, Buffer.from(event.body ?? '', 'base64')]).toEqual([true, body]);
});

test('base64 counts towards what a function takes', () => {
  const body = Buffer.alloc(5 * 1024 * 1024, 'a');
  const form = eventOf({ ...request, body }, undefined, call);
  const text = eventOf({ ...request, body, headers: [['content-type', 'text/plain']] }, undefined, call);
  expect([exceedsPayloadLimit(form, body.length), exceedsPayloadLimit(text, body.length)]).toEqual([true, false]);
});

test('a path with broken encoding has no decoded form', () => {
  expect(decodedPath('/a%zz')).toBeUndefined();
});
