import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type Case, write } from './case.ts';
import type { Store } from './store.ts';
import {
  aProfile,
  bury,
  clearingOf,
  created,
  credentialsOf,
  fresh,
  goneProfile,
  indexed,
  inTime,
  leftOver,
  storedProfile,
  storedTenant,
} from './world.ts';

/** Whether there is a tombstone, what is left to do, the profile, its credentials, and who has its username. */
const heldOf =
  (store: Store, { id, tenant, username }: Profile) =>
  async () => [
    await store.isBuried(id),
    (await clearingOf(store, { id }))?.openedAtMs,
    await store.findProfile(id),
    await store.findCredentials(id),
    (await store.findUsername(tenant, username))?.profileId,
  ];
const nothing = [false, undefined, undefined, undefined, undefined];
const buried = [true, 9, undefined, undefined, undefined];
const start = { after: undefined, sinceMs: undefined };

const burying: readonly Case[] = [
  write('buryProfile', 'as it was read', async (store) => {
    const profile = await storedProfile(store);
    return { call: () => bury(store, profile), answer: true, held: heldOf(store, profile), holds: buried };
  }),
  write('buryOrphan', 'listed, so that its tenant’s sweep finds it', async (store) => {
    const profile = await storedProfile(store);
    const page = () => store.listSweepPage(profile.tenantId, start, 9);
    return {
      call: () => bury(store, profile, true),
      answer: true,
      held: async () => (await inTime(page, ({ ids }) => ids.length === 1)).ids,
      holds: [profile.id],
    };
  }),
  write('buryOrphan', 'listed, with nothing left to do but for that sweep', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => bury(store, profile, true),
      answer: true,
      held: heldOf(store, profile),
      holds: [true, undefined, undefined, undefined, undefined],
    };
  }),
  write('buryProfile', 'unlisted, so that no list has it', async (store) => {
    const profile = await storedProfile(store);
    const page = () => store.listSweepPage(profile.tenantId, start, 9);
    return {
      call: () => bury(store, profile),
      answer: true,
      held: async () => (await inTime(page, ({ ids }) => ids.length === 0)).ids,
      holds: [],
    };
  }),
  write('buryProfile', 'its username taken over by the tenant made anew, which keeps it', async (store) => {
    const { old, tenant } = await leftOver(store);
    const newer = await storedProfile(store, { of: tenant, username: old.username });
    return {
      call: () => bury(store, old),
      answer: true,
      held: heldOf(store, old),
      holds: [true, 9, undefined, undefined, newer.id],
    };
  }),
  write('buryProfile', 'gone', async (store) => {
    const gone = await goneProfile(store);
    return { call: () => bury(store, gone), answer: false, held: heldOf(store, gone), holds: nothing };
  }),
  write('buryProfile', 'buried already', async (store) => {
    const profile = await storedProfile(store);
    await bury(store, profile);
    return { call: () => bury(store, profile), answer: false, held: heldOf(store, profile), holds: buried };
  }),
  write('buryProfile', 'renamed meanwhile', async (store) => {
    const read = await storedProfile(store);
    const now = { ...read, username: fresh('renamed'), revision: 1 };
    await store.storeIdentity(indexed(read), {}, { username: now.username });
    return {
      call: () => bury(store, read),
      answer: false,
      held: heldOf(store, now),
      holds: [false, undefined, now, credentialsOf(now), now.id],
    };
  }),
  write('buryProfile', 'of another tenant meanwhile', async (store) => {
    const read = await goneProfile(store);
    const now = aProfile(await storedTenant(store), { id: read.id, username: read.username });
    await store.createProfile(created(now));
    return {
      call: () => bury(store, read),
      answer: false,
      held: heldOf(store, now),
      holds: [false, undefined, now, credentialsOf(now), now.id],
    };
  }),
];

const refused = (
  [
    ['gone', async (store) => ({ read: await goneProfile(store), holds: nothing })],
    [
      'buried already',
      async (store) => {
        const read = await storedProfile(store);
        await bury(store, read);
        return { read, holds: buried };
      },
    ],
  ] satisfies readonly (readonly [string, (store: Store) => Promise<{ read: Profile; holds: readonly unknown[] }>])[]
).map(([when, prepare]) =>
  write('buryOrphan', when, async (store) => {
    const { read, holds } = await prepare(store);
    return { call: () => bury(store, read, true), answer: false, held: heldOf(store, read), holds };
  }),
);

const clearing: readonly Case[] = [
  write('deleteTombstone', 'one that is there', async (store) => {
    const profile = await storedProfile(store);
    await bury(store, profile);
    return {
      call: () => store.deleteTombstone(profile.id),
      answer: undefined,
      held: heldOf(store, profile),
      holds: nothing,
    };
  }),
  write('deleteTombstone', 'a profile, which stays', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => store.deleteTombstone(profile.id),
      answer: undefined,
      held: heldOf(store, profile),
      holds: [false, undefined, profile, credentialsOf(profile), profile.id],
    };
  }),
  write('deleteTombstone', 'a listed one', async (store) => {
    const profile = await storedProfile(store);
    await bury(store, profile, true);
    return {
      call: () => store.deleteTombstone(profile.id),
      answer: undefined,
      held: heldOf(store, profile),
      holds: nothing,
    };
  }),
  write('deleteTombstone', 'none', async (store) => ({
    call: () => store.deleteTombstone(fresh('none')),
    answer: undefined,
  })),
];

/** What is promised of profiles that are deleted. */
export const tombstoneCases: readonly Case[] = [...burying, ...refused, ...clearing];
