import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const get = (name: string, token = accessTokenId) =>
  api.request('GET', `/tenant/${name}`, { query: { accessTokenId: token } });

test.each(['', '.json'])('a tenant with dots and blanks in its name is answered (suffix "%s")', async (suffix) => {
  const { id } = await api.seedTenant({
    name: 'acme.com corp',
    availableRoles: ['R'],
    attributeDefinitions: [definition('first', { metadata: { type: 'TEXT' } })],
  });
  const { status, headers, body } = await get(`acme.com%20corp${suffix}`);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8']);
  expect(body).toEqual({
    id,
    name: 'acme.com corp',
    verifyNewProfiles: false,
    ssoEnabled: false,
    availableRoles: ['R'],
    attributeDefinitions: [
      {
        name: 'first',
        metadata: { type: 'TEXT' },
        defaultValue: null,
        permissions: [{ application: '*', allowedActions: ['*'] }],
      },
    ],
  });
});

test('cleansing is written where it is off', async () => {
  await api.seedTenant({ name: 'raw', cleanseAttributes: false });
  expect((await get('raw')).body.cleanseAttributes).toBe(false);
});

test('404 for an unknown tenant', async () => {
  const { status, body } = await get('none');
  expect(status).toBe(404);
  expect(body).toEqual({ errorCode: 'NO_SUCH_TENANT', message: 'Tenant "none" does not exist' });
});

test('403 without READ_TENANT on it, known or not', async () => {
  await api.seedTenant();
  const others = await tokenThatMay(api, 'UPDATE_TENANT', 'MANAGE_PROFILES');
  expect(await get('default', others)).toMatchObject({ status: 403, body: denied('READ_TENANT') });
  const { status, body } = await get('none', await tokenOfElsewhere(api));
  expect(status).toBe(403);
  expect(body).toEqual({ errorCode: 'ACTION_DENIED', message: 'Action READ_TENANT denied on tenant "none"' });
  expect((await get('default', await tokenThatMay(api, 'READ_TENANT'))).status).toBe(200);
});

test('the first permission that fits the tenant decides alone', async () => {
  await api.seedAccessToken({
    id: 'narrow',
    tenantPermissions: [
      { tenant: 'default', allowedActions: null },
      { tenant: '*', allowedActions: ['*'] },
    ],
  });
  expect((await get('default', 'narrow')).status).toBe(403);
  expect((await get('acme.com%20corp', 'narrow')).status).toBe(200);
});
