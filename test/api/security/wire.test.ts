import { connect } from 'node:net';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'app-token', master: true });
});
afterAll(() => api.stop());

/** The status of a request line that no client library would send. */
function statusOf(method: string, target: string): Promise<number> {
  const { hostname, port } = new URL(api.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
        'latin1',
      );
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(Number(text.split(' ')[1])));
    socket.on('error', reject);
  });
}

const base = '/crafter-profile/api/1';

test.each([
  ['an escape that is none', '/profile/%zz'],
  ['half an escape', '/profile/%2'],
  ['bytes that are no text', '/tenant/%ff%fe'],
  ['a surrogate', '/tenant/%ed%a0%80'],
])('400 from the gateway for a path with %s', async (_, path) => {
  expect(await statusOf('GET', `${base}${path}?accessTokenId=app-token`)).toBe(400);
});

test.each([
  ['a NUL', '/tenant/%00'],
  ['an escaped slash', '/tenant/a%2Fb'],
  ['a double escape', '/tenant/%252e%252e'],
  ['dots', '/tenant/../tenant/none'],
  ['an empty segment', '//tenant/none'],
  ['nothing after the slash', '/tenant/'],
  ['a blank', '/tenant/%20'],
  ['.json alone', '/tenant/.json'],
  ['.json twice', '/tenant/none.json.json'],
])('404 for a path with %s', async (_, path) => {
  expect(await statusOf('GET', `${base}${path}?accessTokenId=app-token`)).toBe(404);
});

test.each(['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('405 for %s, whoever asks', async (method) => {
  expect(await statusOf(method, `${base}/tenant/default`)).toBe(405);
});

test.each(['%', '%zz', '%ff%fe', '%00', '&&=&', '__proto__=1&constructor=2'])(
  'a query of "%s" is borne',
  async (query) => {
    expect(await statusOf('GET', `${base}/tenant/count?accessTokenId=app-token&${query}`)).toBe(200);
  },
);

test('an access token cannot be smuggled in by bytes that are no text', async () => {
  expect(await statusOf('GET', `${base}/tenant/count?accessTokenId=app-token%00`)).toBe(403);
  expect(await statusOf('GET', `${base}/tenant/count?accessTokenId=app-token%ff`)).toBe(403);
  expect(await statusOf('GET', `${base}/tenant/count?accesstokenid=app-token`)).toBe(403);
});
