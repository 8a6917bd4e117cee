import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { SweepPass } from '../../functions/shared/domain/sweep/pass.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { indexKey } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { listSweeps } from '../../functions/shared/repositories/sweeps.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { reindex } from '../../lib/admin/reindex.ts';
import { asAttributes } from '../support/attributes.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../support/many-profiles.ts';
import { findOrphans } from '../support/orphans.ts';
import { eagerSweep, killedAt, sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let tenant: Tenant;
let profiles: readonly Profile[];
let count = 0;
const query = { accessTokenId: 'app-token' };
const permissions = [{ application: '*', allowedActions: ['*'] }];

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const change = (path: string, request: object = {}) =>
  api.request('POST', `/tenant/${tenant.name}/${path}`, { query, ...request });
/** Whether, or where inside of it, the attribute `x` is indexed from now on. */
const index = (indexed: unknown) =>
  change('attribute_definitions/update', { json: [{ name: 'x', metadata: { indexed }, permissions }] });

/** More than one page; every second profile has no `x`. */
async function begin({ shards, isIndexed }: { shards?: number; isIndexed?: boolean } = { shards: 1 }): Promise<void> {
  const metadata = isIndexed ? { indexed: true } : null;
  const attributeDefinitions = [{ name: 'x', metadata, defaultValue: null, permissions }];
  tenant = await api.seedTenant({ name: `tenant-${++count}`, shards, attributeDefinitions });
  profiles = Array.from({ length: 104 }, (_, at) =>
    profileOfTenant(tenant, at, { roles: ['A'], attributes: asAttributes(at % 2 ? [['x', { y: at }]] : []) }),
  );
  await loadProfiles(profiles, isIndexed ? ['roles', 'attributes.x'] : ['roles']);
}

/** How many entries the tenant of this test has, by field. */
async function entries(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { pk } of await api.items('profiles')) {
    const [kind, tenantId, , field = ''] = String(pk).split('#');
    if (kind === 'INDEX' && tenantId === tenant.id) counts[field] = (counts[field] ?? 0) + 1;
  }
  return counts;
}
const isOver = async () => {
  expect(await findOrphans(api)).toEqual([]);
  expect([await listSweeps(), (await findTenant(tenant.name))?.pending ?? []]).toEqual([[], []]);
};

/** An entry that nobody has, as a fault or an older version of the functions may leave it. */
const plant = (field: string, profileId = profiles[0]?.id) =>
  api.put('profiles', [{ ...indexKey(tenant.id, 0, field, `3stale\u00001700000000000#${profileId}`) }]);

/** Calls something once, when the last look at the profiles is over and the index is about to be gone through. */
function atThePurge(meanwhile: () => Promise<unknown>) {
  let isDone = false;
  const saveSweep: typeof eagerSweep.saveSweep = async (sweep, pass: SweepPass | undefined) => {
    const isSaved = await eagerSweep.saveSweep(sweep, pass);
    if (pass?.scope === 'purge' && !isDone) {
      isDone = true;
      await meanwhile();
    }
    return isSaved;
  };
  return { saveSweep, wasThere: () => isDone };
}

test('an attribute that becomes indexed gets entries of every profile, also of those that have no value', async () => {
  await begin();
  expect((await index(['y'])).status).toBe(200);
  expect(await entries()).toEqual({ roles: 104 });
  await sweepAll();
  expect(await entries()).toEqual({ roles: 104, 'attributes.x.y': 104 });
  expect((await findProfile(profiles[0]?.id ?? ''))?.appliedVersion).toBe(2);
  await isOver();
});

test('one that is indexed no more loses all of them, those that no profile knows of too', async () => {
  await begin({ shards: 1, isIndexed: true });
  await plant('attributes.x');
  await plant('attributes.x', '5a00000000000000000000ff');
  await index(false);
  await sweepAll();
  expect(await entries()).toEqual({ roles: 104 });
  await isOver();
});

test.each([
  ['one shard', 1, 100_000],
  ['four', 4, 25_000],
])('entries are written at a pace that leaves room for others: %s', async (_, shards, pageMs) => {
  await begin({ shards });
  const sleep = jest.fn(async (_ms: number) => undefined);
  await change('roles/remove', { form: { role: 'A' } });
  await sweepAll({ sleep, entryPaceMs: 1000 });
  expect(sleep).not.toHaveBeenCalled();
  await index(true);
  await sweepAll({ sleep, entryPaceMs: 1000 });
  const [first] = sleep.mock.calls.map(([ms]) => ms);
  expect(first).toBeLessThanOrEqual(pageMs);
  expect(first).toBeGreaterThan(pageMs - 10_000);
  await isOver();
});

test('other places of it: the old ones go, the new ones come', async () => {
  await begin({ shards: 1, isIndexed: true });
  await index(['y', 'z.deep']);
  await sweepAll();
  expect(await entries()).toEqual({ roles: 104, 'attributes.x.y': 104, 'attributes.x.z.deep': 104 });
  await isOver();
});

test.each([
  ['settleProfile', 60],
  ['saveSweep', 1],
  ['saveSweep', 3],
  ['deleteEntry', 2],
  ['endSettling', 1],
] as const)('a worker killed at %s %d leaves the rest to the next one', async (name, n) => {
  await begin({ shards: 1, isIndexed: true });
  await plant('attributes.x');
  await plant('attributes.x', '5a00000000000000000000ff');
  await index(['y']);
  await expect(sweepAll(killedAt(n, [name]))).rejects.toThrow('Sweeps that failed: 1');
  await Promise.all([sweepAll(), sweepAll()]);
  expect(await entries()).toEqual({ roles: 104, 'attributes.x.y': 104 });
  await isOver();
});

test('a field that is indexed again while what is left of it is looked for keeps what profiles have', async () => {
  await begin({ shards: 1, isIndexed: true });
  await index(false);
  const again = atThePurge(async () => {
    await index(true);
    const id = profiles[1]?.id;
    await api.request('POST', `/profile/${id}/attributes/update`, { query, json: { x: 'new' } });
  });
  await sweepAll({ saveSweep: again.saveSweep });
  expect(again.wasThere()).toBe(true);
  expect(await entries()).toEqual({ roles: 104, 'attributes.x': 104 });
  await isOver();
});

test('a deleted tenant leaves no entry, of fields that it was about to drop neither', async () => {
  await begin({ shards: 1, isIndexed: true });
  await index(['y']);
  await plant('attributes.x');
  await plant('attributes.x.y', '5a00000000000000000000ff');
  await plant('*');
  await change('delete');
  await sweepAll();
  expect(await entries()).toEqual({});
  await isOver();
});

test('a tenant from before the index is indexed by a change of its own, and nothing else', async () => {
  await begin({});
  await change('attribute_definitions/update', { json: [{ name: 'x', metadata: { indexed: ['y'] }, permissions }] });
  await change('roles/remove', { form: { role: 'B' } });
  await sweepAll();
  expect(await entries()).toEqual({});
  expect(await reindex({ tenant: tenant.name, shards: 3 })).toEqual([`Tenant "${tenant.name}" is being indexed.`]);
  await sweepAll();
  expect(await entries()).toEqual({ roles: 104, 'attributes.x.y': 104 });
  const shards = new Set(await Promise.all(profiles.map(async ({ id }) => (await findProfile(id))?.shard)));
  expect([...shards].sort()).toEqual([0, 1, 2]);
  await isOver();
});

test('an index that functions from before it have written past is made anew', async () => {
  await begin({ shards: 1, isIndexed: true });
  const [first, second, third] = profiles;
  if (first === undefined || second === undefined || third === undefined) throw new Error('No profiles');
  await plant('roles');
  await plant('attributes.x', '5a00000000000000000000ff');
  await plant('*');
  const items = await api.items('profiles');
  const itemOf = (id: string) => ({ ...items.find(({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'PROFILE') });
  // Roles that have no entries, and a profile that is in no part of the index.
  await api.put('profiles', [{ ...itemOf(second.id), roles: new Set(['OTHER']) }]);
  const { shard: _shard, emailOrderKey: _key, ...bare } = itemOf(third.id);
  await api.put('profiles', [bare]);
  await reindex({ tenant: tenant.name, shards: undefined });
  await sweepAll();
  expect(await entries()).toEqual({ roles: 104, 'attributes.x': 104 });
  await isOver();
});

test('more shards are for new profiles: nothing is written to those that there are', async () => {
  await begin();
  const before = await findProfile(profiles[0]?.id ?? '');
  expect(await reindex({ tenant: tenant.name, shards: 32 })).toEqual([
    `Tenant "${tenant.name}" has 32 shards from now on.`,
  ]);
  expect(await listSweeps()).toEqual([]);
  expect(await findProfile(profiles[0]?.id ?? '')).toEqual(before);
  const made = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => {
      const form = {
        tenantName: tenant.name,
        username: `new${at}`,
        email: 'a@example.org',
        enabled: 'true',
        role: 'A',
      };
      const { body } = await api.request('POST', '/profile/create', { query, form });
      return (await findProfile(body.id))?.shard;
    }),
  );
  expect(new Set(made).size).toBeGreaterThan(1);
  expect(await entries()).toEqual({ roles: 112 });
  expect(await reindex({ tenant: tenant.name, shards: 32 })).toEqual([
    `Tenant "${tenant.name}" has 32 shards already.`,
  ]);
  await expect(reindex({ tenant: tenant.name, shards: 31 })).rejects.toThrow(
    `Tenant "${tenant.name}" has 32 shards: they can become more, never fewer`,
  );
  await isOver();
});

test('all tenants, or none of that name', async () => {
  const lines = await reindex({ tenant: undefined, shards: undefined });
  expect(lines).toContain(`Tenant "${tenant.name}" is being indexed.`);
  expect(lines.length).toBeGreaterThan(1);
  await sweepAll();
  await isOver();
  await expect(reindex({ tenant: 'none', shards: undefined })).rejects.toThrow('There is no tenant "none"');
});
