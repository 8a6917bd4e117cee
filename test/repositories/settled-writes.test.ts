import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { storeSettled } from '../../functions/shared/domain/profile/write-profile.ts';
import type { PendingChange } from '../../functions/shared/domain/tenant/pending-changes.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { settleProfile, updateProfile } from '../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { asAttributes, valuesOf } from '../support/attributes.ts';
import { indexedByRoles } from '../support/indexed.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let tenant: Tenant;

beforeAll(async () => {
  api = await startLocalApi();
  tenant = await api.seedTenant();
});
afterAll(() => api.stop());

const change = (partial: Partial<PendingChange>): PendingChange => ({
  version: 2,
  atMs: 0,
  removeRoles: [],
  removeAttributes: [],
  defaults: new Map(),
  indexFields: [],
  dropFields: [],
  ...partial,
});
const after = (...pending: PendingChange[]): Tenant => ({ ...tenant, version: 1 + pending.length, pending });
const store = { settleProfile };
const contentOf = async ({ id }: Profile) => {
  const stored = await findProfile(id);
  const attributes = Object.fromEntries(valuesOf(stored?.attributes ?? new Map()));
  return stored && { roles: stored.roles, attributes, at: stored.appliedVersion };
};

test('a lagging profile is stored as readers see it', async () => {
  const profile = await api.seedProfile({
    roles: ['A', 'B'],
    attributes: asAttributes([
      ['x', 1],
      ['y', 2],
    ]),
  });
  const changed = after(
    change({ removeRoles: ['A'], removeAttributes: ['x'] }),
    change({
      version: 3,
      defaults: asAttributes([
        ['x', 7],
        ['y', 8],
      ]),
    }),
  );
  await storeSettled(store, profile, changed);
  expect(await contentOf(profile)).toEqual({ roles: ['B'], attributes: { x: 7, y: 2 }, at: 3 });
});

test('a profile without roles and attributes takes in a change of both', async () => {
  const profile = await api.seedProfile();
  await storeSettled(store, profile, after(change({ removeRoles: ['A'], removeAttributes: ['x'] })));
  expect(await contentOf(profile)).toEqual({ roles: [], attributes: {}, at: 2 });
});

test('a role given meanwhile, by who knew the tenant as it was, is not lost', async () => {
  const profile = await api.seedProfile({ roles: ['A', 'B'] });
  const changed = after(change({ removeRoles: ['A'] }));
  const meanwhile = await updateProfile(indexedByRoles(profile), { roles: { add: ['C'] } });
  expect(await storeSettled(store, profile, changed)).toBeUndefined();
  expect(meanwhile && (await storeSettled(store, meanwhile, changed))?.roles).toEqual(['B', 'C']);
  expect(await contentOf(profile)).toEqual({ roles: ['B', 'C'], attributes: {}, at: 2 });
});

test('where attributes were written meanwhile, nothing is stored, so that it is done again on what is there', async () => {
  const profile = await api.seedProfile({ attributes: asAttributes([['x', 1]]) });
  const changed = after(change({ removeAttributes: ['x'] }));
  const meanwhile = await updateProfile(indexedByRoles(profile), {
    attributes: {
      set: asAttributes([
        ['x', 2],
        ['y', 3],
      ]),
    },
  });
  expect(await storeSettled(store, profile, changed)).toBeUndefined();
  expect(meanwhile && (await storeSettled(store, meanwhile, changed))?.attributes).toEqual(asAttributes([['y', 3]]));
});

test('a profile that default values would make too large loses what it must and goes without them', async () => {
  const profile = await api.seedProfile({
    roles: ['A', 'B'],
    attributes: asAttributes([['x', 'x'.repeat(300_000)]]),
  });
  const changed = after(change({ removeRoles: ['A'], defaults: asAttributes([['big', 'y'.repeat(150_000)]]) }));
  await storeSettled(store, profile, changed);
  const stored = await findProfile(profile.id);
  expect([stored?.roles, stored?.attributes.size, stored?.appliedVersion]).toEqual([['B'], 1, 2]);
});

test('250 attributes are set and removed in one write', async () => {
  const profile = await api.seedProfile({ roles: ['A'] });
  const attributes = asAttributes(Array.from({ length: 250 }, (_, index) => [`attribute-${index}`, index]));
  const set = await updateProfile(indexedByRoles(profile), {
    attributes: { set: attributes },
    atMs: 5,
    roles: { add: ['B'] },
  });
  expect(set?.attributes).toEqual(attributes);
  expect(
    (await updateProfile(indexedByRoles(profile), { attributes: { remove: [...attributes.keys()] } }))?.attributes,
  ).toEqual(new Map());
});
