import { deleteTenant, findTenant, updateTenant } from '../../../functions/shared/repositories/tenants.ts';
import { installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { findOrphans } from '../../support/orphans.ts';
import { outsideOperations } from '../../support/recorded-calls.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: query.accessTokenId });
});
afterAll(() => api.stop());

/** A tenant as 0.1.0 has stored it. */
const oldItem = (name: string) => ({
  pk: 'TENANT',
  sk: name,
  tenantId: '592715d4d4c650e226b03b60',
  version: 2,
  createdAtMs: 1_495_733_716_000,
  verifyNewProfiles: false,
  ssoEnabled: false,
  cleanseAttributes: true,
  availableRoles: new Set(['R']),
  attributeDefinitions: '[{"name":"x","metadata":null,"defaultValue":null,"permissions":[]}]',
  pending: '[]',
});

const itemsOf = async (name: string) => (await api.items('profiles')).filter(({ sk }) => sk === name);

test.each([
  ['verify_new_profiles', { verify: 'true' }, { verifyNewProfiles: true }],
  ['roles/add', { role: 'S' }, { availableRoles: ['R', 'S'] }],
  ['roles/remove', { role: 'R' }, { availableRoles: [] }],
] as const)('a tenant of one item is answered as it is, and with %s becomes two', async (what, form, changed) => {
  await api.put('profiles', [oldItem('old')]);
  const look = async () => (await api.request('GET', '/tenant/old', { query })).body;
  const before = await look();
  expect(before).toMatchObject({ availableRoles: ['R'], attributeDefinitions: [{ name: 'x' }] });
  const { status, body } = await api.request('POST', `/tenant/old/${what}`, { query, form });
  expect([status, body]).toEqual([200, { ...before, ...changed }]);
  expect(await look()).toEqual(body);
  expect((await itemsOf('old')).map(({ pk }) => pk)).toEqual(['TENANT', 'TENANT_BODY']);
  expect((await findOrphans(api)).filter((orphan) => /^a (head|body) /.test(orphan))).toEqual([]);
  expect((await api.request('POST', '/tenant/old/delete', { query })).status).toBe(200);
  expect(await itemsOf('old')).toEqual([]);
});

test('tenants that change while all are listed are listed as they are then', async () => {
  await api.seedTenant({ name: 'changing' });
  await api.seedTenant({ name: 'going' });
  const [changing, going] = [await findTenant('changing'), await findTenant('going')];
  if (changing === undefined || going === undefined) throw new Error('No tenants');
  const store = installFaults();
  const headsRead = Promise.withResolvers<void>();
  store.wrapNext('Query', async (call) => {
    const answer = await call();
    headsRead.resolve();
    return answer;
  });
  store.wrapNext('Query', async (call) => {
    await headsRead.promise;
    await outsideOperations(async () => {
      await updateTenant({ ...changing, version: changing.version + 1, availableRoles: ['NEW'] });
      await deleteTenant(going, 9);
    });
    return call();
  });
  const { status, body } = await api.request('GET', '/tenant/all', { query });
  store.uninstall();
  expect([status, body]).toMatchObject([200, [{ name: 'changing', availableRoles: ['NEW'] }]]);
});
