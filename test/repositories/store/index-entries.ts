import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { asAttributes } from '../../support/attributes.ts';
import { type Case, read, unharmed, write } from './case.ts';
import type { Store } from './store.ts';
import {
  aProfile,
  bury,
  created,
  fresh,
  goneProfile,
  indexed,
  settling,
  storedProfile,
  storedTenant,
} from './world.ts';

const LIMIT = 9;

/** How many entries a tenant's index has under each of these fields. */
const countOf = async (store: Store, { tenantId }: Pick<Profile, 'tenantId'>, fields: readonly string[]) => {
  const pages = await Promise.all(
    fields.map((field) => store.listEntries(tenantId, { field, shard: 0 }, undefined, LIMIT)),
  );
  return pages.map(({ entries }) => entries.length);
};
const fields = ['roles', 'attributes.x.deep'];

/** A stored profile of two roles and one number, and how many entries it has. */
async function entered(store: Store, partial: Partial<Profile> & { readonly of?: Tenant } = {}) {
  const profile = await storedProfile(store, {
    roles: ['A', 'B'],
    attributes: asAttributes([['x', { deep: 1 }]]),
    ...partial,
  });
  return { profile, has: await countOf(store, profile, fields) };
}

const writing: readonly Case[] = [
  write('updateProfile', 'its entries with it', async (store) => {
    const { profile, has } = await entered(store);
    expect(has).toEqual([2, 1]);
    const attributes = { set: asAttributes([['x', { deep: [1, 2] }]]) };
    return {
      call: async () => (await store.updateProfile(indexed(profile), { roles: { remove: ['A'] }, attributes }))?.roles,
      answer: ['B'],
      held: () => countOf(store, profile, fields),
      holds: [1, 3],
    };
  }),
  write('updateProfile', 'what is indexed, of a profile that was written to meanwhile', async (store) => {
    const { profile } = await entered(store);
    const now = await store.updateProfile(indexed(profile), { verified: true });
    return {
      call: () => store.updateProfile(indexed(profile), { roles: { add: ['A'] } }),
      answer: undefined,
      held: async () => [await store.findProfile(profile.id), await countOf(store, profile, fields)],
      holds: [now, [2, 1]],
    };
  }),
  write('updateProfile', 'what is indexed, to what it is already', async (store) => {
    const { profile } = await entered(store);
    return {
      call: async () => (await store.updateProfile(indexed(profile), { roles: { add: ['A'] } }))?.revision,
      answer: 1,
      held: () => countOf(store, profile, fields),
      holds: [2, 1],
    };
  }),
  write('storeIdentity', 'its entries with it', async (store) => {
    const { profile } = await entered(store);
    const username = fresh('new');
    return {
      call: async () => {
        const changed = await store.storeIdentity(indexed(profile), { roles: { replace: [] } }, { username });
        return typeof changed === 'string' ? changed : changed.username;
      },
      answer: username,
      held: () => countOf(store, profile, fields),
      holds: [1, 1],
    };
  }),
  write('settleProfile', 'entries of other fields, in a part of the index that it had none in', async (store) => {
    const { profile } = await entered(store, { shard: undefined });
    return {
      call: async () => (await store.settleProfile(indexed(profile), settling({ fields: ['roles'] })))?.shard,
      answer: 0,
      held: () => countOf(store, profile, fields),
      holds: [2, 0],
    };
  }),
  write('buryProfile', 'its entries with it, of whichever fields', async (store) => {
    const { profile } = await entered(store);
    const lists = [
      { profile, fields: ['roles'] },
      { profile, fields: ['attributes.x.deep'] },
    ];
    return {
      call: () => store.buryProfile(profile, lists, 9),
      answer: true,
      held: () => countOf(store, profile, fields),
      holds: [0, 0],
    };
  }),
  write('buryProfile', 'written to meanwhile', async (store) => {
    const { profile } = await entered(store);
    const now = await store.updateProfile(indexed(profile), { verified: true });
    return {
      call: () => bury(store, profile),
      answer: false,
      held: async () => [await store.findProfile(profile.id), await countOf(store, profile, fields)],
      holds: [now, [2, 1]],
    };
  }),
];

/** The first entry of a profile's roles. */
async function entryOf(store: Store, { tenantId }: Profile) {
  const { entries } = await store.listEntries(tenantId, { field: 'roles', shard: 0 }, undefined, 1);
  const [entry] = entries;
  if (entry === undefined) throw new Error('It has no entry');
  return entry;
}

const purging: readonly Case[] = [
  read('listEntries', 'page by page', async (store) => {
    const { profile } = await entered(store);
    const list = (after?: string) => store.listEntries(profile.tenantId, { field: 'roles', shard: 0 }, after, 1);
    return {
      call: async () => {
        const first = await list();
        const second = await list(first.next);
        const third = second.next === undefined ? { entries: [] } : await list(second.next);
        return [...first.entries, ...second.entries, ...third.entries].map(({ profileId }) => profileId);
      },
      answer: [profile.id, profile.id],
    };
  }),
  write('deleteEntry', 'one that its profile does not have', async (store) => {
    const { profile } = await entered(store);
    const entry = await entryOf(store, profile);
    return {
      call: () => store.deleteEntry(entry, { profile, fields: [] }),
      answer: true,
      held: () => countOf(store, profile, ['roles']),
      holds: [1],
    };
  }),
  write('deleteEntry', 'of nobody', async (store) => {
    const tenant = await storedTenant(store);
    const { profile } = await entered(store, { of: tenant });
    const entry = await entryOf(store, profile);
    await store.buryProfile(profile, [], 9);
    return {
      call: () => store.deleteEntry(entry, undefined),
      answer: true,
      held: () => countOf(store, profile, ['roles']),
      holds: [1],
    };
  }),
  write('deleteEntry', 'of one that was written to meanwhile', async (store) => {
    const { profile } = await entered(store);
    const entry = await entryOf(store, profile);
    await store.updateProfile(indexed(profile), { verified: true });
    return {
      call: () => store.deleteEntry(entry, { profile, fields: [] }),
      answer: false,
      held: () => countOf(store, profile, ['roles']),
      holds: [2],
    };
  }),
  write('deleteEntry', 'of nobody, who came meanwhile', async (store) => {
    const gone = await goneProfile(store);
    const now = aProfile(await storedTenant(store), { id: gone.id });
    await store.createProfile(created(now));
    const entry = await entryOf(store, now);
    return {
      call: () => store.deleteEntry(entry, undefined),
      answer: false,
      held: () => countOf(store, now, ['roles']),
      holds: [1],
    };
  }),
];

const kept: readonly Case[] = [
  unharmed('deleteEntry', 'one that its profile has', async (store) => {
    const { profile } = await entered(store);
    const entry = await entryOf(store, profile);
    return { call: () => store.deleteEntry(entry, indexed(profile)), answer: true };
  }),
];

/** What is promised of the index. */
export const indexCases: readonly Case[] = [...writing, ...purging, ...kept];
