import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { settleProfile } from '../../functions/shared/repositories/profile-writes.ts';
import { findProfile, findProfiles } from '../../functions/shared/repositories/profiles.ts';
import { listSweeps } from '../../functions/shared/repositories/sweeps.ts';
import { findTenant, updateTenant } from '../../functions/shared/repositories/tenants.ts';
import { handler } from '../../functions/sweep-tenants.ts';
import { asAttributes } from '../support/attributes.ts';
import { installFaults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../support/many-profiles.ts';
import { eagerSweep, killedAt, sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let tenant: Tenant;
let profiles: readonly Profile[];
let count = 0;

beforeAll(async () => {
  api = await startLocalApi({ env: { ATTACHMENTS_BUCKET: 'attachments' } });
  await api.seedAccessToken();
});
afterAll(() => api.stop());

/** More than one page. */
beforeEach(async () => {
  tenant = await api.seedTenant({
    name: `tenant-${++count}`,
    availableRoles: ['A'],
    attributeDefinitions: [definition],
  });
  profiles = Array.from({ length: 105 }, (_, index) =>
    profileOfTenant(tenant, index, { roles: ['A', 'B'], attributes: asAttributes([['x', index]]) }),
  );
  await loadProfiles(profiles);
});

const definition = { name: 'x', metadata: null, defaultValue: null, permissions: [] };
const query = { accessTokenId: 'app-token' };
const change = (path: string, request: object = {}) =>
  api.request('POST', `/tenant/${tenant.name}/${path}`, { query, ...request });
const removeRole = (role: string) => change('roles/remove', { form: { role } });

/** Every state of a stored profile that there is. */
async function stored(): Promise<readonly string[]> {
  const found = [];
  for (let from = 0; from < profiles.length; from += 100)
    found.push(...(await findProfiles(profiles.slice(from, from + 100).map(({ id }) => id))));
  const states = found.map(
    ({ roles, attributes, appliedVersion }) => `${roles.toSorted()} ${[...attributes.keys()]} @${appliedVersion}`,
  );
  return [...new Set(states)].sort();
}
const withoutVersion = (state: string) => state.replace(/@.*/, '');
const leftOpen = async () => [await listSweeps(), (await findTenant(tenant.name))?.pending];

test('a removed role and attribute go from every stored profile, and then the work is closed', async () => {
  await removeRole('A');
  await change('attribute_definitions/remove', { form: { attributeName: 'x' } });
  await sweepAll();
  expect(await stored()).toEqual(['B  @3']);
  expect(await leftOpen()).toEqual([[], []]);
});

test('a worker killed in the middle of a page leaves the rest to the next one', async () => {
  await removeRole('A');
  await expect(sweepAll(killedAt(50, ['settleProfile']))).rejects.toThrow('Sweeps that failed: 1');
  expect(await stored()).toEqual(['A,B x @1', 'B x @2']);
  await sweepAll();
  expect(await stored()).toEqual(['B x @2']);
  expect(await leftOpen()).toEqual([[], []]);
});

test.each(['saveSweep', 'endSettling'] as const)('a worker killed at %s leaves it to the next one', async (name) => {
  await removeRole('A');
  await expect(sweepAll(killedAt(1, [name]))).rejects.toThrow('Sweeps that failed: 1');
  await sweepAll();
  expect(await stored()).toEqual(['B x @2']);
  expect(await leftOpen()).toEqual([[], []]);
});

test('a worker goes on behind the last page that was saved', async () => {
  await removeRole('A');
  await sweepAll(killedAt(2, ['saveSweep'])).catch(() => undefined);
  let writes = 0;
  await sweepAll({
    settleProfile: (...parameters) => {
      writes++;
      return eagerSweep.settleProfile(...parameters);
    },
  });
  expect(writes).toBe(0);
  expect(await stored()).toEqual(['B x @2']);
});

test('a change made while the sweep runs is carried out too', async () => {
  await removeRole('A');
  let pages = 0;
  await sweepAll({
    saveSweep: async (...parameters) => {
      if (++pages === 2) await removeRole('B');
      return eagerSweep.saveSweep(...parameters);
    },
  });
  expect(new Set((await stored()).map(withoutVersion))).toEqual(new Set([' x ']));
  expect(await leftOpen()).toEqual([[], []]);
});

test('a change made just before the sweep ends is not lost with the entries that are done', async () => {
  await removeRole('A');
  let ends = 0;
  await sweepAll({
    endSettling: async (...parameters) => {
      if (++ends === 1) await removeRole('B');
      return eagerSweep.endSettling(...parameters);
    },
  });
  expect(ends).toBeGreaterThan(1);
  expect(new Set((await stored()).map(withoutVersion))).toEqual(new Set([' x ']));
  expect(await leftOpen()).toEqual([[], []]);
});

test('two workers at once do no harm', async () => {
  await removeRole('A');
  await Promise.all([sweepAll(), sweepAll()]);
  expect(await stored()).toEqual(['B x @2']);
  expect(await leftOpen()).toEqual([[], []]);
});

test('near its time limit the worker stops, saves and says so in the stream', async () => {
  await removeRole('A');
  const [before] = await listSweeps();
  await handler({}, { awsRequestId: 'call', getRemainingTimeInMillis: () => 29_999 });
  const [after] = await listSweeps();
  expect({ ...after, revision: '' }).toEqual({ ...before, revision: '' });
  expect(after?.revision).not.toBe(before?.revision);
  await sweepAll();
});

test('while a sweep waits for its quiet time, one that is opened then is worked on', async () => {
  await removeRole('A');
  const nowMs = jest.fn(Date.now);
  const sleep = jest.fn(async (ms: number) => {
    if (sleep.mock.calls.length === 1) await removeRole('B');
    const atMs = nowMs() + ms;
    nowMs.mockImplementation(() => atMs);
  });
  await sweepAll({ nowMs, sleep, quietMs: 3000 });
  expect(sleep.mock.calls.every(([ms]) => ms <= 1000)).toBe(true);
  expect(sleep.mock.calls.length).toBeGreaterThanOrEqual(6);
  expect(new Set((await stored()).map(withoutVersion))).toEqual(new Set([' x ']));
  expect(await leftOpen()).toEqual([[], []]);
});

test('a sweep whose tenant was taken out of the table by hand is closed', async () => {
  await api.put('profiles', [
    { pk: 'SWEEP', sk: '5a0000000000000000000000', tenant: 'nobody', kind: 'settle', revision: 'r' },
  ]);
  await sweepAll();
  expect(await listSweeps()).toEqual([]);
});

test('one sweep that fails does not keep the others from their end', async () => {
  await removeRole('A');
  const other = await api.seedTenant({ name: `other-${count}` });
  await api.request('POST', `/tenant/${other.name}/roles/remove`, { query, form: { role: 'A' } });
  const failing = sweepAll({
    findTenant: async (name) => (name === other.name ? Promise.reject(new Error('broken')) : findTenant(name)),
  });
  await expect(failing).rejects.toThrow('Sweeps that failed: 1');
  expect(await stored()).toEqual(['B x @2']);
  expect((await listSweeps()).map((sweep) => sweep.kind === 'settle' && sweep.tenantId)).toEqual([other.id]);
  await sweepAll();
});

test('a profile created by who knew the tenant as it was is settled before the work is closed', async () => {
  await removeRole('A');
  let late: Profile | undefined;
  await sweepAll({
    saveSweep: async (sweep, pass) => {
      if (pass?.scope === 'recent' && late === undefined)
        late = await api.seedProfile({ tenant: tenant.name, roles: ['A', 'B'] });
      return eagerSweep.saveSweep(sweep, pass);
    },
  });
  expect(late && (await findProfile(late.id))?.roles).toEqual(['B']);
  expect(await leftOpen()).toEqual([[], []]);
});

test('a change of the tenant in flight cannot write back what is done', async () => {
  await removeRole('A');
  const read = await findTenant(tenant.name);
  await sweepAll();
  expect(read && (await updateTenant({ ...read, version: read.version + 1 }))).toBe(false);
});

test('a value written again after its attribute came back stays', async () => {
  await change('attribute_definitions/remove', { form: { attributeName: 'x' } });
  const permissions = [{ allowedActions: ['*'] }];
  await change('attribute_definitions/add', { json: [{ name: 'x', permissions }] });
  const [first] = profiles;
  await api.request('POST', `/profile/${first?.id}/attributes/update`, { query, json: { x: 'again' } });
  await sweepAll();
  expect(await stored()).toEqual(['A,B  @3', 'A,B x @3']);
});

test('default values that no profile lacks cost no write', async () => {
  const write = jest.fn(settleProfile);
  await change('attribute_definitions/add', { json: [{ name: 'y', defaultValue: 1 }] });
  await sweepAll({ settleProfile: write });
  expect(write).toHaveBeenCalledTimes(105);
  await change('attribute_definitions/add', { json: [] });
  await sweepAll({ settleProfile: write });
  expect(write).toHaveBeenCalledTimes(105);
  expect(await leftOpen()).toEqual([[], []]);
});

test('a worker whose answer to saving is lost finds what it saved', async () => {
  const empty = await api.seedTenant({ name: `empty-${count}`, availableRoles: ['A'] });
  await api.request('POST', `/tenant/${empty.name}/roles/remove`, { query, form: { role: 'A' } });
  const faults = installFaults();
  faults.failNext('UpdateItem', 'lostAnswer');
  await sweepAll();
  expect(faults.pending()).toBe(0);
  faults.uninstall();
  expect(await listSweeps()).toEqual([]);
});

test('one profile that cannot be settled keeps no other from it, is told of, and is tried again alone', async () => {
  const bad = profiles[3]?.id ?? '';
  await removeRole('A');
  const tried: string[] = [];
  const failing = {
    settleProfile: async (...[indexed, settlement]: Parameters<typeof settleProfile>) => {
      const { id } = indexed.profile;
      tried.push(id);
      if (id === bad) throw new Error('It cannot');
      return settleProfile(indexed, settlement);
    },
  };
  await expect(sweepAll(failing)).rejects.toThrow('Sweeps that failed: 1');
  expect(await stored()).toEqual(['A,B x @1', 'B x @2']);
  expect(tried).toHaveLength(profiles.length);
  await expect(sweepAll(failing)).rejects.toThrow('Sweeps that failed: 1');
  expect(tried.slice(profiles.length)).toEqual([bad]);
  await sweepAll();
  expect(await stored()).toEqual(['B x @2']);
  expect(await leftOpen()).toEqual([[], []]);
});

test('a stored profile that nobody can read keeps no other of its page from being settled', async () => {
  const [bad] = profiles;
  const items = await api.items('profiles');
  const item = items.find(({ pk, sk }) => pk === `PROFILE#${bad?.id}` && sk === 'PROFILE');
  await api.put('profiles', [{ ...item, pk: `PROFILE#${bad?.id}`, sk: 'PROFILE', email: 5 }]);
  await removeRole('A');
  await expect(sweepAll()).rejects.toThrow('Sweeps that failed: 1');
  profiles = profiles.slice(1);
  expect(await stored()).toEqual(['B x @2']);
});
