import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { applyChange, type ProfileChange } from '../../../functions/shared/domain/profile/profile-change.ts';
import { asAttributes } from '../../support/attributes.ts';
import { type Case, write } from './case.ts';
import type { Store } from './store.ts';
import { aProfile, bury, created, goneProfile, indexed, settling, storedProfile, storedTenant } from './world.ts';

/** After anything that a test stores. */
const LATER_MS = 1_900_000_000_000;

const changes: readonly (readonly [string, ProfileChange])[] = [
  ['fields', { email: 'new@Example.com', verified: true }],
  ['the time', { atMs: LATER_MS }],
  ['a time before its last change, by a clock that is behind', { atMs: 5 }],
  ['enabled', { enabled: true }],
  ['disabled, which counts once', { enabled: false }],
  ['a role given', { roles: { add: ['B'] } }],
  ['a role taken', { roles: { remove: ['A'] } }],
  ['roles replaced', { roles: { replace: ['C'] } }],
  ['all roles gone', { roles: { replace: [] } }],
  ['an attribute set', { attributes: { set: asAttributes([['a.b', null]]) } }],
  ['an attribute gone', { attributes: { remove: ['x', 'none'] } }],
  ['attributes replaced', { attributes: { replace: asAttributes([['n', 1e200]]) } }],
];

/** Sets have no order. */
const inOrder = (profile: Profile | undefined) => profile && { ...profile, roles: profile.roles.toSorted() };

const changing = changes.map(([when, change]) =>
  write('updateProfile', when, async (store) => {
    const profile = await storedProfile(store, { enabled: false });
    const changed = applyChange(profile, change);
    return {
      call: async () => inOrder(await store.updateProfile(indexed(profile), change)),
      answer: changed,
      held: async () => inOrder(await store.findProfile(profile.id)),
      holds: changed,
    };
  }),
);

/** An address for a profile that has none. */
const firstAddress: readonly Case[] = [
  write('updateProfile', 'an address where there was none, which counts as another one', async (store) => {
    const profile = await storedProfile(store, { email: null });
    const changed = { ...profile, email: 'first@example.com', emailEpoch: 1, revision: 1 };
    return {
      call: () => store.updateProfile(indexed(profile), { email: 'first@example.com' }),
      answer: changed,
      held: () => store.findProfile(profile.id),
      holds: changed,
    };
  }),
  write('updateProfile', 'none was read, and there is an address meanwhile', async (store) => {
    const read = await storedProfile(store, { email: null });
    const now = await store.updateProfile(indexed(read), { email: 'meanwhile@example.com' });
    return {
      call: () => store.updateProfile(indexed(read), { email: 'late@example.com' }),
      answer: undefined,
      held: () => store.findProfile(read.id),
      holds: now,
    };
  }),
];

/** A profile that cannot be written to any more as it was read, and what the store has of it. */
const overtaken: readonly (readonly [
  string,
  (store: Store) => Promise<{ read: Profile; now: Profile | undefined }>,
])[] = [
  ['gone, and not back by it', async (store) => ({ read: await goneProfile(store), now: undefined })],
  [
    'a tombstone',
    async (store) => {
      const read = await storedProfile(store);
      await bury(store, read);
      return { read, now: undefined };
    },
  ],
  [
    'of another tenant meanwhile',
    async (store) => {
      const read = await goneProfile(store);
      const now = aProfile(await storedTenant(store), { id: read.id });
      await store.createProfile(created(now));
      return { read, now };
    },
  ],
  [
    'settled meanwhile',
    async (store) => {
      const read = await storedProfile(store);
      const now = await store.settleProfile(indexed(read), settling({ appliedVersion: 4 }));
      return { read, now };
    },
  ],
];

const refused = overtaken.flatMap(([when, prepare]) => [
  write('updateProfile', when, async (store) => {
    const { read, now } = await prepare(store);
    return {
      call: () => store.updateProfile(indexed(read), { verified: true }),
      answer: undefined,
      held: () => store.findProfile(read.id),
      holds: now,
    };
  }),
  write('settleProfile', when, async (store) => {
    const { read, now } = await prepare(store);
    return {
      call: () =>
        store.settleProfile(indexed(read), settling({ removeRoles: ['A'], attributes: new Map(), appliedVersion: 5 })),
      answer: undefined,
      held: () => store.findProfile(read.id),
      holds: now,
    };
  }),
]);

/** Times of a write that came between, as seen by a write of `LATER_MS`. */
const times = [
  ['an earlier one', LATER_MS - 1, LATER_MS],
  ['the same', LATER_MS, LATER_MS + 1],
  ['a later one', LATER_MS + 5000, LATER_MS + 5001],
] as const;

const timely = times.map(([when, meanwhileMs, lastModifiedMs]) =>
  write('updateProfile', `${when} meanwhile: what is stored becomes later all the same`, async (store) => {
    const read = await storedProfile(store);
    await store.updateProfile(indexed(read), { atMs: meanwhileMs, roles: { add: ['B'] } });
    const changed = { ...read, lastModifiedMs, verified: true, roles: ['A', 'B'], revision: 2 };
    return {
      call: async () => inOrder(await store.updateProfile(indexed(read), { atMs: LATER_MS, verified: true })),
      answer: changed,
      held: async () => inOrder(await store.findProfile(read.id)),
      holds: changed,
    };
  }),
);

const settlings: readonly Case[] = [
  write('updateProfile', 'too large a result, which is an error', async (store) => {
    const profile = await storedProfile(store);
    const attributes = { set: asAttributes([['big', 'x'.repeat(500_000)]]) };
    return {
      call: () => store.updateProfile(indexed(profile), { attributes }).catch(({ kind }) => kind),
      answer: 'invalidRequest',
      held: () => store.findProfile(profile.id),
      holds: profile,
    };
  }),
  write('settleProfile', 'roles and attributes', async (store) => {
    const profile = await storedProfile(store, { roles: ['A', 'B'] });
    const attributes = asAttributes([['y', 2]]);
    const settled = { ...profile, roles: ['B'], attributes, appliedVersion: 9, revision: 1 };
    return {
      call: () => store.settleProfile(indexed(profile), settling({ removeRoles: ['A'], attributes })),
      answer: settled,
      held: () => store.findProfile(profile.id),
      holds: settled,
    };
  }),
  write('settleProfile', 'no address, as before', async (store) => {
    const profile = await storedProfile(store, { email: null });
    const settled = { ...profile, appliedVersion: 9, revision: 1 };
    return {
      call: () => store.settleProfile(indexed(profile), settling()),
      answer: settled,
      held: () => store.findProfile(profile.id),
      holds: settled,
    };
  }),
  write('settleProfile', 'written to meanwhile, be it nothing that it takes away', async (store) => {
    const read = await storedProfile(store);
    const now = await store.updateProfile(indexed(read), { attributes: { set: asAttributes([['y', 1]]) } });
    return {
      call: () => store.settleProfile(indexed(read), settling({ removeRoles: ['A'] })),
      answer: undefined,
      held: () => store.findProfile(read.id),
      holds: now,
    };
  }),
];

/** What is promised of writes to profiles. */
export const profileCases: readonly Case[] = [...changing, ...firstAddress, ...refused, ...timely, ...settlings];
