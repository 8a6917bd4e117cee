import { batchRead, type Case, read, unharmed } from './case.ts';
import type { Store } from './store.ts';
import { all, bury, credentialsOf, fresh, goneProfile, inTime, storedProfile, storedTenant } from './world.ts';

const single: readonly Case[] = [
  read('findProfile', 'one that is there', async (store) => {
    const profile = await storedProfile(store);
    return { call: () => store.findProfile(profile.id), answer: profile };
  }),
  read('findProfile', 'gone', async (store) => {
    const { id } = await goneProfile(store);
    return { call: () => store.findProfile(id), answer: undefined };
  }),
  read('findProfile', 'a tombstone', async (store) => {
    const profile = await storedProfile(store);
    await bury(store, profile);
    return { call: () => store.findProfile(profile.id), answer: undefined };
  }),
  read('findUsername', 'one that is taken', async (store) => {
    const { id, tenant, tenantId, username } = await storedProfile(store);
    return { call: () => store.findUsername(tenant, username), answer: { profileId: id, tenantId } };
  }),
  read('findUsername', 'a free one', async (store) => {
    const { tenant } = await storedProfile(store);
    return { call: () => store.findUsername(tenant, fresh('none')), answer: undefined };
  }),
  read('findUsername', 'one that a tenant of a similar name has', async (store) => {
    const name = fresh('a');
    await storedProfile(store, { of: await storedTenant(store, { name: `${name}#b` }), username: 'c' });
    return { call: () => store.findUsername(name, 'b#c'), answer: undefined };
  }),
  unharmed('findUsername', 'one that no store can hold', async (store) => ({
    call: () => store.findUsername('tenant', 'x'.repeat(3000)),
    answer: undefined,
  })),
  read('findCredentials', 'of a profile that is there', async (store) => {
    const profile = await storedProfile(store, { credentials: { failedLoginAttempts: 9, lastFailedLoginMs: 3 } });
    return {
      call: () => store.findCredentials(profile.id),
      answer: credentialsOf(profile, { failedLoginAttempts: 9, lastFailedLoginMs: 3 }),
    };
  }),
  read('findCredentials', 'of a profile that is gone', async (store) => {
    const { id } = await goneProfile(store);
    return { call: () => store.findCredentials(id), answer: undefined };
  }),
  read('isBuried', 'a tombstone, a profile, and none', async (store) => {
    const [buried, there, gone] = [await storedProfile(store), await storedProfile(store), await goneProfile(store)];
    await bury(store, buried);
    return {
      call: () => Promise.all([buried, there, gone].map(({ id }) => store.isBuried(id))),
      answer: [true, false, false],
    };
  }),
];

const several: readonly Case[] = [
  batchRead('findProfiles', 'more than a batch, some of them twice, gone or buried', async (store) => {
    const of = await storedTenant(store);
    const there = await Promise.all(Array.from({ length: 130 }, () => storedProfile(store, { of })));
    const [gone, buried] = [await goneProfile(store), await storedProfile(store)];
    await bury(store, buried);
    const wanted = [gone, ...there, buried, ...there.slice(0, 3)].map(({ id }) => id);
    return { call: () => store.findProfiles(wanted), answer: there };
  }),
  unharmed('findProfiles', 'none asked for', async (store) => ({ call: () => store.findProfiles([]), answer: [] })),
  batchRead('findProfileWithCredentials', 'one that is there', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => store.findProfileWithCredentials(profile.id),
      answer: { profile, credentials: credentialsOf(profile) },
    };
  }),
  batchRead('findProfileWithCredentials', 'gone', async (store) => {
    const { id } = await goneProfile(store);
    return { call: () => store.findProfileWithCredentials(id), answer: undefined };
  }),
  batchRead('findProfileWithCredentials', 'a tombstone', async (store) => {
    const profile = await storedProfile(store);
    await bury(store, profile);
    return { call: () => store.findProfileWithCredentials(profile.id), answer: undefined };
  }),
];

/** A tenant with three profiles, of which one is buried, once its list has seen it all; and one of another tenant. */
async function listed(store: Store) {
  const of = await storedTenant(store);
  const [b, a, buried] = [
    await storedProfile(store, { of }),
    await storedProfile(store, { of }),
    await storedProfile(store, { of }),
  ];
  await storedProfile(store);
  await bury(store, buried);
  await inTime(
    () => all(store.listIdsByCreation(of.id)),
    ({ length }) => length === 2,
  );
  return { tenantId: of.id, first: b, second: a };
}

const lists: readonly Case[] = [
  read('listIdsByCreation', 'two profiles and a tombstone', async (store) => {
    const { tenantId, first, second } = await listed(store);
    return { call: () => all(store.listIdsByCreation(tenantId)), answer: [first.id, second.id] };
  }),
  read('listIdsByCreation', 'a first page of one', async (store) => {
    const { tenantId, first } = await listed(store);
    return { call: async () => (await store.listIdsByCreation(tenantId, 1).next()).value, answer: [first.id] };
  }),
  read('listIdsByCreation', 'a first page of one, and all that follow', async (store) => {
    const { tenantId, first, second } = await listed(store);
    return { call: () => all(store.listIdsByCreation(tenantId, 1)), answer: [first.id, second.id] };
  }),
  read('countByTenant', 'two profiles and a tombstone', async (store) => {
    const { tenantId } = await listed(store);
    const count = async () => {
      let sum = 0;
      for await (const page of store.countByTenant(tenantId)) sum += page;
      return sum;
    };
    return { call: count, answer: 2 };
  }),
];

/** What is promised of reads of profiles, by id and in lists. */
export const profileReadCases: readonly Case[] = [...single, ...several, ...lists];
