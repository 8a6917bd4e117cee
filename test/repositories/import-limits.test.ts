import { countTenants, everyTenant, findTenant, listTenants } from '../../functions/shared/repositories/tenants.ts';
import { reindex } from '../../lib/admin/reindex.ts';
import { definition } from '../support/definitions.ts';
import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const large = 'x'.repeat(420_000);
const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `${prefix}${at}`, metadata: null, permissions: [] }));

test.each([{ dryRun: true }, {}])(
  'a tenant and a token that no item can hold are rejects, and all else is taken (%j)',
  async (options) => {
    const collections = {
      accesstoken: [
        { _id: 'large-one', tenantPermissions: [{ tenant: large, allowedActions: ['*'] }] },
        { _id: 'small-one', master: true },
      ],
      tenant: [{ name: 'large', attributeDefinitions: [{ name: 'a', metadata: { label: large } }] }, { name: 'small' }],
      profile: ['large', 'small'].map((tenant) => ({ username: 'a', email: 'a@b', tenant })),
    };
    const { rejects, report, lines } = await importingCollections(collections, options);
    expect(rejects.map(({ collection, reason }) => [collection, reason])).toEqual([
      ['tenant', 'is 411 KB large, and 400 KB is what the store can hold'],
      ['accesstoken', 'is 411 KB large, and 400 KB is what the store can hold'],
    ]);
    const taken = (['tenant', 'access token', 'profile'] as const).map((kind) => report.of(kind, 'imported'));
    expect(taken).toEqual([1, 1, 1]);
    expect(lines).toContain('Warning: 1 profile of tenant "large" left out, as the tenant is.');
  },
);

test('an import goes on however many tenants there are, with more of them than one answer shows', async () => {
  const before = await countTenants();
  const metadata = { label: 'x'.repeat(300_000) };
  const tenant = Array.from({ length: 25 }, (_, at) => ({
    name: `wide ${at}`,
    attributeDefinitions: [{ name: 'a', metadata }],
  }));
  expect((await importingCollections({ tenant })).report.of('tenant', 'imported')).toBe(25);
  await expect(listTenants()).rejects.toThrow('too large');
  const { report } = await importingCollections({ tenant });
  expect([report.of('tenant', 'there'), report.rejected]).toEqual([25, 0]);
  // And so do an operator's other commands.
  expect(await everyTenant()).toHaveLength(25 + before);
  expect(await reindex({ tenant: undefined, shards: undefined })).toHaveLength(25 + before);
});

test.each([
  ['of more definitions than a tenant has', named('more', 100), 'A tenant has at most 250 attribute definitions'],
  ['of more bytes than the store can hold', [{ name: 'm', metadata: { label: 'x'.repeat(300_000) } }], 'KB large'],
  ['with an index that cannot be', [{ name: 'm', metadata: { indexed: 'yes' } }], 'must be true, false or a list'],
])('adding definitions %s to a tenant is a reject: it stays, and takes its profiles', async (what, more, reason) => {
  const metadata = { label: 'x'.repeat(800) };
  const attributeDefinitions = named('kept', 200).map(({ name }) => definition(name, { metadata }));
  await api.seedTenant({ name: what, attributeDefinitions });
  const before = await findTenant(what);
  const collections = {
    tenant: [{ name: what, attributeDefinitions: more }],
    profile: [{ username: 'a', email: 'a@b', tenant: what }],
  };
  for (const dryRun of [true, false]) {
    const { rejects, report } = await importingCollections(collections, { mergeTenants: true, dryRun });
    expect(rejects).toMatchObject([{ collection: 'tenant', reason: expect.stringContaining(reason) }]);
    expect([report.of('tenant', 'replaced'), report.of('profile', 'imported')]).toEqual([0, 1]);
    expect(await findTenant(what)).toEqual(before);
  }
});

test.each([
  ['username', 'is longer than 1024 bytes', { username: 'x'.repeat(1025) }],
  ['roles', /^makes the profile 4\d\d KB large, .*: 2 of them have 4\d\d KB$/, { roles: ['x'.repeat(450_000), 'R'] }],
])('a reject names the field that is too large: %s', async (field, reason, rest) => {
  await api.seedTenant({ name: 'fields' });
  const { rejects } = await importingCollections({ profile: [{ username: 'a', tenant: 'fields', ...rest }] });
  expect(rejects).toMatchObject([{ field, reason: expect.stringMatching(reason) }]);
});
