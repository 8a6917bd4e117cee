import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { manyPermissions } from '../repositories/store/world.ts';
import { definition } from '../support/definitions.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { seedTicket } from '../support/sessions.ts';

let api: LocalApi;
let store: Faults;

beforeAll(async () => {
  api = await startLocalApi();
  store = installFaults({ capacity: true });
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const UNIT_BYTES = 4096;
const sizeOf = (value: unknown) => Buffer.byteLength(value instanceof Set ? [...value].join('') : String(value));

/** Read units of the items of this name under a partition key. */
async function unitsOf(table: 'profiles' | 'tokens', partition: string, name: string): Promise<number> {
  const item = (await api.items(table)).find(({ pk, sk }) => pk === partition && sk === name) ?? {};
  const bytes = Object.entries(item).reduce((sum, [field, value]) => sum + sizeOf(field) + sizeOf(value), 0);
  return Math.ceil(bytes / UNIT_BYTES);
}

/** What a request costs, in units and in calls of the store. */
async function costOf(path: string, query: Readonly<Record<string, string>> = {}) {
  store.calls.length = 0;
  const { status } = await api.request('GET', path, { query: { accessTokenId: 'app-token', ...query } });
  expect(status).toBe(200);
  return { units: store.calls.reduce((sum, { capacityUnits }) => sum + capacityUnits, 0), calls: store.calls.length };
}

const definitionsOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    definition(`attribute${index}`, { metadata: { label: `Attribute ${index}`, type: 'TEXT', order: index } }),
  );
const sizes: readonly (readonly [size: string, tenant: Partial<Tenant>])[] = [
  ['4 definitions', { attributeDefinitions: definitionsOf(4) }],
  [
    '250 definitions and 300 roles',
    {
      attributeDefinitions: definitionsOf(250),
      availableRoles: Array.from({ length: 300 }, (_, index) => `ROLE_OF_THE_SHOP_${index}`),
    },
  ],
];

describe.each(sizes)('of a tenant with %s', (size, partial) => {
  let count = 0;

  /** A profile of a tenant that nobody has read, with the read units of that one's body. */
  async function fresh() {
    const tenant = `${size} ${++count}`;
    await api.seedTenant({ ...partial, name: tenant });
    const profile = await api.seedProfile({ tenant, username: 'mara' });
    return { tenant, profile, body: await unitsOf('profiles', 'TENANT_BODY', tenant) };
  }

  test('a profile is three units in two calls, and at first the body', async () => {
    const { profile, body } = await fresh();
    const look = () => costOf(`/profile/${profile.id}`);
    expect(body > 1).toBe(partial.availableRoles !== undefined);
    expect(await look()).toEqual({ units: 3 + body, calls: 2 });
    expect(await look()).toEqual({ units: 3, calls: 2 });
  });

  test('a profile by its username is four, in two calls', async () => {
    const { tenant, body } = await fresh();
    const look = () => costOf('/profile/by_username', { tenantName: tenant, username: 'mara' });
    expect(await look()).toEqual({ units: 4 + body, calls: 2 });
    expect(await look()).toEqual({ units: 4, calls: 2 });
  });

  test('a profile by its ticket is four, in two calls, and the touch', async () => {
    const { profile, body } = await fresh();
    const ticket = await seedTicket(profile);
    const look = () => costOf('/profile/by_ticket', { ticketId: ticket.id });
    expect(await look()).toEqual({ units: 4 + body + 1, calls: 3 });
    expect(await look()).toEqual({ units: 4 + 1, calls: 3 });
  });

  test('the tenant itself is two, in one call', async () => {
    const { tenant, body } = await fresh();
    expect(await costOf(`/tenant/${encodeURIComponent(tenant)}`)).toEqual({ units: 2 + body, calls: 1 });
    expect(await costOf(`/tenant/${encodeURIComponent(tenant)}`)).toEqual({ units: 2, calls: 1 });
  });

  test('permissions on many tenants cost once, and no call where there is another trip', async () => {
    const { tenant, profile, body } = await fresh();
    const everywhere = { tenant: '*', allowedActions: ['*'] };
    await api.seedAccessToken({ id: tenant, tenantPermissions: [...manyPermissions, everywhere] });
    const permissions = await unitsOf('tokens', 'ACCESS_TOKEN_BODY', tenant);
    const look = () => costOf(`/profile/${profile.id}`, { accessTokenId: tenant });
    expect(permissions).toBeGreaterThan(1);
    expect(await look()).toEqual({ units: 3 + body + 1 + permissions, calls: 2 });
    expect(await look()).toEqual({ units: 3, calls: 2 });
  });
});
