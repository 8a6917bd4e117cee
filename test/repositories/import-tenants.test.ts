import { deleteTenant, findTenant } from '../../functions/shared/repositories/tenants.ts';
import { definition } from '../support/definitions.ts';
import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';
import { sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'token' });
});
afterAll(() => api.stop());

const id = '5a00000000000000000000a1';
const query = { accessTokenId: 'token' };
const profilesOf = async (tenantName: string) =>
  (await api.request('GET', '/profile/range', { query: { ...query, tenantName } })).body;
const namesOf = async (tenantName: string) =>
  (await profilesOf(tenantName)).map(({ username }: { username: string }) => username);

test('two tenants never share an internal id: profiles follow their tenant by its name', async () => {
  const { lines } = await importingCollections({
    tenant: [
      { _id: { $oid: id }, name: 'first', cleanseAttributes: true },
      { _id: { $oid: id }, name: 'second' },
    ],
    profile: [
      { username: 'a', email: 'a@b', tenant: 'first' },
      { username: 'b', email: 'a@b', tenant: 'second' },
    ],
  });
  expect(lines).toContain('Warning: 1 × a tenant got a new id: another one has its own (_id).');
  expect([await namesOf('first'), await namesOf('second')]).toEqual([['a'], ['b']]);
  await importingCollections({ tenant: [{ _id: { $oid: id }, name: 'third' }] });
  const ids = await Promise.all(['first', 'second', 'third'].map(async (name) => (await findTenant(name))?.id));
  expect([ids[0], new Set(ids).size]).toEqual([id, 3]);
});

test('a tenant that was deleted and is not all gone is refused by its name, and its profiles with it', async () => {
  await importingCollections({ tenant: [{ name: 'leaving' }], profile: [{ username: 'a', tenant: 'leaving' }] });
  const tenant = await findTenant('leaving');
  if (tenant === undefined) throw new Error('No tenant');
  await deleteTenant(tenant, Date.now());
  const again = {
    tenant: [{ _id: { $oid: tenant.id }, name: 'leaving' }],
    profile: [{ username: 'z', tenant: 'leaving' }],
  };
  const { lines, rejects } = await importingCollections(again);
  expect(rejects).toMatchObject([
    { collection: 'tenant', field: 'name', reason: expect.stringContaining('was deleted') },
  ]);
  expect(lines[0]).toBe('Warning: 1 profile of tenant "leaving" left out, as the tenant is.');
  await sweepAll();
  expect((await importingCollections(again)).report.rejected).toBe(0);
  expect(await namesOf('leaving')).toEqual(['z']);
  expect(await findOrphans(api)).toEqual([]);
});

test('of a tenant that is there the difference is shown, and nothing is written without being asked for', async () => {
  await api.seedTenant({ name: 'there', availableRoles: ['A'], attributeDefinitions: [definition('kept')] });
  const collections = {
    tenant: [
      {
        name: 'there',
        ssoEnabled: true,
        availableRoles: ['A', 'B'],
        attributeDefinitions: [
          { name: 'kept', metadata: { label: 'another' } },
          { name: 'more', defaultValue: 'given', permissions: [{ application: '*', allowedActions: ['*'] }] },
        ],
      },
    ],
    profile: [{ username: 'one', email: 'a@b', tenant: 'there', attributes: { kept: 1, more: 2 } }],
  };
  const before = await findTenant('there');
  const first = await importingCollections(collections, { dryRun: true });
  const said = [
    'Tenant "there" is here already, and differs from the files:',
    '  roles that it lacks here: "B"',
    '  definitions that it lacks here: "more"',
    '  definitions that are other ones here: "kept"',
    '  flags that are other ones here: "ssoEnabled"',
  ];
  expect(first.lines.slice(0, 5)).toEqual(said);
  expect(first.lines).toContain('Warning: 1 × an attribute that its tenant does not define is stored, hidden (more).');
  expect(await findTenant('there')).toEqual(before);
  const second = await importingCollections(collections, { mergeTenants: true });
  expect(second.lines.slice(0, 5)).toEqual(said);
  expect(second.lines.join('\n')).not.toContain('hidden');
  const after = await findTenant('there');
  expect(after).toMatchObject({ availableRoles: ['A', 'B'], ssoEnabled: before?.ssoEnabled });
  expect(after?.attributeDefinitions.map(({ name, metadata }) => [name, metadata])).toEqual([
    ['kept', before?.attributeDefinitions[0]?.metadata],
    ['more', null],
  ]);
  const third = await importingCollections({ tenant: collections.tenant }, { mergeTenants: true });
  expect(third.report.of('tenant', 'different')).toBe(1);
  expect(await findTenant('there')).toEqual(after);
});

test('an id or a username that another profile has is a reject, never "there already"', async () => {
  await api.seedTenant({ name: 'mine' });
  await api.seedTenant({ name: 'other' });
  const profileId = '5b00000000000000000000b1';
  const own = { _id: { $oid: profileId }, username: 'live', email: 'a@b', tenant: 'mine' };
  expect((await importingCollections({ profile: [own] })).report.rejected).toBe(0);
  const { rejects, report } = await importingCollections({
    profile: [
      { ...own, username: 'renamed' },
      { ...own, tenant: 'other' },
      { ...own, _id: { $oid: '5b00000000000000000000b2' } },
    ].slice(0, 1),
  });
  expect(rejects).toMatchObject([{ field: '_id', reason: 'is that of a profile of another username here' }]);
  expect(report.of('profile', 'there')).toBe(0);
  const others = await importingCollections({ profile: [{ ...own, tenant: 'other' }] });
  expect(others.rejects).toMatchObject([{ field: '_id', reason: 'is that of a profile of another tenant here' }]);
  const third = await importingCollections({ profile: [{ ...own, _id: { $oid: '5b00000000000000000000b2' } }] });
  expect(third.rejects).toMatchObject([{ field: 'username', reason: 'is that of another profile here' }]);
  expect(await profilesOf('mine')).toHaveLength(1);
  expect(await profilesOf('other')).toEqual([]);
});

test('profiles without an id of their own are known by their username', async () => {
  await api.seedTenant({ name: 'nameless' });
  const profile = ['a', 'b'].map((username) => ({ username, email: 'a@b', tenant: 'nameless' }));
  expect((await importingCollections({ profile })).report.of('profile', 'imported')).toBe(2);
  expect((await importingCollections({ profile })).report.of('profile', 'there')).toBe(2);
  const [named] = await profilesOf('nameless');
  expect(named.id).toMatch(/^[\da-f]{24}$/);
});

test('an id that is no ObjectId is a reject, or gets a new one that is written down', async () => {
  await api.seedTenant({ name: 'odd' });
  const profile = [{ _id: 'uuid-1', username: 'a', email: 'a@b', tenant: 'odd' }];
  expect((await importingCollections({ profile })).rejects).toMatchObject([{ _id: 'uuid-1', field: '_id' }]);
  const { newIds } = await importingCollections({ profile }, { newIds: true });
  const [{ id: newId }] = await profilesOf('odd');
  expect(newIds).toMatchObject([{ tenant: 'odd', _id: 'uuid-1', newId }]);
});

test('an access token of another meaning is a reject that does not tell its id', async () => {
  await api.seedAccessToken({ id: 'secret-of-crm' });
  const accesstoken = [{ _id: 'secret-of-crm', application: 'another' }];
  const { rejects, lines } = await importingCollections({ accesstoken });
  expect(rejects).toMatchObject([{ _id: 'secr…', reason: 'is that of another access token here' }]);
  expect(JSON.stringify([rejects, lines])).not.toContain('secret-of');
});
