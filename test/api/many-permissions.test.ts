import { endpoints } from '../../lib/endpoints.ts';
import { manyPermissions } from '../repositories/store/world.ts';
import { goodCall, seedWorld, send, type World, withField } from '../support/calls.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let world: World;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
beforeEach(async () => {
  world = await seedWorld(api);
});
afterAll(() => api.stop());

const guarded = endpoints.filter(({ contract }) => contract.authorisation === 'accessToken');

/** An access token of this id, which may do everything, and this much on many tenants. */
const seedRich = (id: string) =>
  api.seedAccessToken({
    id,
    master: true,
    tenantPermissions: [...manyPermissions, { tenant: '*', allowedActions: ['*'] }],
  });

test.each(guarded)(
  '$contract.operationId answers a caller whose permissions are an item of their own',
  async (endpoint) => {
    await seedRich('rich');
    const outcome = async (id: string) => {
      const { statusCode } = await send(endpoint, withField(goodCall(endpoint.contract, world), 'accessTokenId', id));
      return statusCode;
    };
    const rich = await outcome('rich');
    world = await seedWorld(api);
    expect(rich).toBe(await outcome('app-token'));
  },
);

test('a caller is created with them, shown and deleted', async () => {
  const query = { accessTokenId: 'app-token' };
  const json = { id: 'made', application: 'app', master: false, tenantPermissions: manyPermissions };
  const made = await api.request('POST', '/access_token/create', { query, json });
  expect([made.status, made.body.tenantPermissions]).toEqual([200, manyPermissions]);
  const shown = await api.request('GET', '/access_token/made', { query });
  expect(shown.body).toEqual(made.body);
  expect((await api.request('POST', '/access_token/made/delete', { query })).status).toBe(200);
  expect((await api.items('tokens')).filter(({ sk }) => sk === 'made')).toEqual([]);
});
