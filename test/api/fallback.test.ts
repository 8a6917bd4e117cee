import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

test.each(['/nothing', '/profile/1/2/3', '/profile/', '/profile/1/', '/profile/verify/'])(
  '404 on the unknown path %s',
  async (path) => {
    const { status, headers, body } = await api.request('GET', path);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/json;charset=UTF-8']);
    expect(body).toEqual({ errorCode: 'OTHER', message: `Nothing is at path "/crafter-profile/api/1${path}"` });
  },
);

test('404 outside of the API', async () => {
  expect((await fetch(`${api.origin}/`)).status).toBe(404);
  expect((await fetch(`${api.origin}/api/1/profile/verify`, { method: 'POST' })).status).toBe(404);
});

test.each([
  ['POST', '/profile/592715d4d4c650e226b03b62', 'GET'],
  ['POST', '/profile/592715d4d4c650e226b03b62.json', 'GET'],
  ['PUT', '/profile/592715d4d4c650e226b03b62', 'GET'],
  ['OPTIONS', '/profile/verify', 'GET, POST'],
  ['DELETE', '/profile/verify.json', 'GET, POST'],
])('405 for %s %s', async (method, path, allow) => {
  const { status, headers, body } = await api.request(method, path);
  expect([status, headers.get('allow')]).toEqual([405, allow]);
  expect(body).toEqual({ errorCode: 'OTHER', message: `Method ${method} is not supported here` });
});

test('405 for HEAD where GET is', async () => {
  const { status, headers } = await api.request('HEAD', '/profile/592715d4d4c650e226b03b62');
  expect([status, headers.get('allow')]).toEqual([405, 'GET']);
});

test('413 in the form of the contract for a body that a function cannot take', async () => {
  const form = { accessTokenId: 'x'.repeat(5 * 1024 * 1024) };
  const { status, body } = await api.request('POST', '/profile/verify', { form });
  expect([status, body]).toEqual([413, { errorCode: 'OTHER', message: 'The body is larger than 6291456 bytes' }]);
});

test('400 of the gateway for a path with broken encoding', async () => {
  const { status, body } = await api.request('GET', '/profile/%zz');
  expect([status, body]).toEqual([400, { message: 'Bad Request' }]);
});
