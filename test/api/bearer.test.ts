import { endpoints } from '../../lib/endpoints.ts';
import { type Call, goodCall, seedWorld, send, type World, withBearer, withField } from '../support/calls.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let world: World;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
const seed = async () => {
  world = await seedWorld(api);
};
afterAll(() => api.stop());

const guarded = endpoints.filter(({ contract }) => contract.authorisation === 'accessToken');
const several = 'The call names several access tokens: send one, in the header "Authorization" or as "accessTokenId"';

describe.each(guarded.map((endpoint) => [endpoint.contract.operationId, endpoint] as const))('%s', (_, endpoint) => {
  beforeAll(seed);
  const outcome = async (change: (call: Call) => Call) => {
    const { statusCode, headers, body = '' } = await send(endpoint, change(goodCall(endpoint.contract, world)));
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    const { errorCode, message }: { errorCode?: string; message?: string } = statusCode === 200 ? {} : JSON.parse(body);
    return { statusCode, errorCode, message };
  };
  /** What it changes is as new before. */
  const outcomeAnew = async (change: (call: Call) => Call) => {
    if (endpoint.contract.method !== 'GET') await seed();
    return outcome(change);
  };

  test('takes its access token from the header as from the parameter, and minds nothing else in the header', async () => {
    const expected = await outcomeAnew((call) => call);
    expect(await outcomeAnew((call) => withBearer(call, 'app-token'))).toEqual(expected);
    // From both, when they are the same; and beside what is no access token.
    for (const authorization of ['bearer app-token', '', 'Bearer ', 'Basic YTpi'])
      expect(await outcomeAnew((call) => ({ ...call, authorization }))).toEqual(expected);
  });

  test('refuses the callers that it refuses', async () => {
    expect(await outcome((call) => withBearer(call, 'nobody'))).toEqual({
      statusCode: 403,
      errorCode: 'NO_SUCH_ACCESS_TOKEN_ID',
      message: 'No access token found for ID "nobody"',
    });
    for (const id of ['', 'expired'])
      expect(await outcome((call) => withBearer(call, id))).toMatchObject({
        statusCode: 403,
        errorCode: 'ACCESS_DENIED',
      });
  });

  test.each(['nobody', 'spare'])('refuses %s in the header beside another in the parameter', async (id) => {
    const expected = { statusCode: 400, errorCode: 'OTHER', message: several };
    expect(await outcome((call) => ({ ...call, authorization: `Bearer ${id}` }))).toEqual(expected);
    expect(await outcome((call) => withBearer(call, `app-token, Bearer ${id}`))).toEqual(expected);
  });
});

const monitoring = endpoints.filter(({ contract }) => contract.authorisation === 'managementToken');

test.each(monitoring)('$contract.operationId knows no header', async (endpoint) => {
  await seed();
  const call = goodCall(endpoint.contract, world);
  const withParameter = await send(endpoint, { ...call, authorization: 'Bearer a, Bearer b' });
  expect([withParameter.statusCode, withParameter.headers?.['cache-control']]).toEqual([200, 'no-store']);
  const bare = withField(call, 'token', undefined);
  expect((await send(endpoint, { ...bare, authorization: 'Bearer defaultManagementToken' })).statusCode).toBe(400);
});

const bearer = (id: string) => ({ authorization: `Bearer ${id}` });
const large = 'x'.repeat(70_000);

describe('over the wire', () => {
  beforeAll(seed);

  test('an empty parameter is none', async () => {
    const request = { query: { accessTokenId: '' }, headers: bearer('app-token') };
    expect((await api.request('GET', '/tenant/count', request)).status).toBe(200);
  });

  test.each([
    ['a form', { form: { accessTokenId: 'app-token', role: 'R' } }],
    ['a large form', { form: { accessTokenId: 'app-token', role: large } }],
  ])('another one in %s is refused', async (_, request) => {
    const path = '/tenant/default/roles/add';
    const answer = (id: string) => api.request('POST', path, { ...request, headers: bearer(id) });
    expect((await answer('app-token')).status).toBe(200);
    expect((await answer('spare')).body).toEqual({ errorCode: 'OTHER', message: several });
    expect((await answer('nobody')).body).toEqual({ errorCode: 'OTHER', message: several });
  });

  test('another one in a multipart body is refused, in a large one once the caller is known', async () => {
    const body = (role: string) => {
      const parts = new FormData();
      parts.append('accessTokenId', 'app-token');
      parts.append('role', role);
      return parts;
    };
    const answer = (id: string, role: string) =>
      api.request('POST', '/tenant/default/roles/add', { body: body(role), headers: bearer(id) });
    expect((await answer('app-token', large)).status).toBe(200);
    for (const role of ['R', large])
      expect((await answer('spare', role)).body).toEqual({ errorCode: 'OTHER', message: several });
    expect((await answer('nobody', 'R')).status).toBe(400);
    expect((await answer('nobody', large)).status).toBe(403);
  });

  test('the caller of a packed body is known by the header', async () => {
    const packed = (headers: Readonly<Record<string, string>>) =>
      api.request('POST', '/tenant/default/roles/add', {
        body: 'role=R',
        headers: { ...headers, 'content-encoding': 'gzip', 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await packed(bearer('nobody'))).status).toBe(403);
    expect((await packed(bearer('app-token'))).status).toBe(415);
  });

  test('an unknown path and a wrong method come before it', async () => {
    const headers = { authorization: 'Bearer a, Bearer b' };
    for (const [method, path, status] of [
      ['GET', '/nothing', 404],
      ['PUT', '/tenant/count', 405],
    ] as const) {
      const answer = await api.request(method, path, { headers });
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store']);
    }
  });

  test('what no function can take is not kept either', async () => {
    const answer = await api.request('POST', '/profile/verify', { form: { x: 'x'.repeat(5 * 1024 * 1024) } });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([413, 'no-store']);
  });
});
