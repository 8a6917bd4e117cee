import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { newVerificationToken } from '../../../functions/shared/domain/verification-token/verification-token.ts';
import { type Case, unharmed, write } from './case.ts';
import type { Store } from './store.ts';
import { aProfile, created, credentialsOf, leftOver, storedProfile, storedTenant } from './world.ts';

const ownerOf = async (store: Store, { tenant, username }: Profile) =>
  (await store.findUsername(tenant, username))?.profileId;
/** A profile, its credentials, and who has its username. */
const heldOf = (store: Store, profile: Profile) => async () => [
  await store.findProfile(profile.id),
  await store.findCredentials(profile.id),
  await ownerOf(store, profile),
];
const wholeOf = (profile: Profile) => [profile, credentialsOf(profile), profile.id];

const creating: readonly Case[] = [
  write('createProfile', 'a free username', async (store) => {
    const profile = aProfile(await storedTenant(store));
    return {
      call: () => store.createProfile(created(profile)),
      answer: 'created',
      held: heldOf(store, profile),
      holds: wholeOf(profile),
    };
  }),
  write('createProfile', 'without address, roles, attributes and password', async (store) => {
    const profile = aProfile(await storedTenant(store), { email: null, roles: [], attributes: new Map() });
    const credentials = credentialsOf(profile, { passwordHash: undefined });
    return {
      call: () => store.createProfile(created(profile, { passwordHash: undefined })),
      answer: 'created',
      held: heldOf(store, profile),
      holds: [profile, credentials, profile.id],
    };
  }),
  write('createProfile', 'together with a verification token', async (store) => {
    const profile = aProfile(await storedTenant(store));
    const token = newVerificationToken(profile, ['verify']);
    return {
      call: () => store.createProfile(created(profile), { token, ageSeconds: 900 }),
      answer: 'created',
      held: async () => [await store.findProfile(profile.id), await store.findVerificationToken(token.id)],
      holds: [profile, token],
    };
  }),
  write('createProfile', 'a taken username', async (store) => {
    const tenant = await storedTenant(store);
    const other = await storedProfile(store, { of: tenant });
    const profile = aProfile(tenant, { username: other.username });
    const token = newVerificationToken(profile, ['verify']);
    return {
      call: () => store.createProfile(created(profile), { token, ageSeconds: 900 }),
      answer: 'usernameTaken',
      held: async () => [await heldOf(store, profile)(), await store.findVerificationToken(token.id)],
      holds: [[undefined, undefined, other.id], undefined],
    };
  }),
  write('createProfile', 'a username left over from an earlier tenant', async (store) => {
    const { old, tenant } = await leftOver(store);
    const profile = aProfile(tenant, { username: old.username });
    return {
      call: () => store.createProfile(created(profile)),
      answer: 'created',
      held: heldOf(store, profile),
      holds: wholeOf(profile),
    };
  }),
  write('createProfile', 'a username of the tenant that was made anew meanwhile', async (store) => {
    const { oldTenant, tenant } = await leftOver(store);
    const newer = await storedProfile(store, { of: tenant });
    const profile = aProfile(oldTenant, { username: newer.username });
    return {
      call: () => store.createProfile(created(profile)),
      answer: 'tenantGone',
      held: heldOf(store, profile),
      holds: [undefined, undefined, newer.id],
    };
  }),
  write('createProfile', 'a taken id, which is an error', async (store) => {
    const tenant = await storedTenant(store);
    const other = await storedProfile(store, { of: tenant });
    const profile = aProfile(tenant, { id: other.id });
    return {
      call: () => store.createProfile(created(profile)).catch(() => 'rejected'),
      answer: 'rejected',
      held: async () => [await store.findProfile(other.id), await ownerOf(store, profile)],
      holds: [other, undefined],
    };
  }),
];

const importing: readonly Case[] = [
  write('importProfiles', 'new ones', async (store) => {
    const tenant = await storedTenant(store);
    const profiles = [aProfile(tenant), aProfile(tenant)];
    return {
      call: () =>
        store.importProfiles(
          tenant,
          profiles.map((profile) => created(profile)),
        ),
      answer: { taken: new Map(), overtaken: [] },
      held: async () => Promise.all(profiles.map((profile) => heldOf(store, profile)())),
      holds: profiles.map(wholeOf),
    };
  }),
  write('importProfiles', 'a taken username and a taken id among many, all others stored', async (store) => {
    const tenant = await storedTenant(store);
    const there = await storedProfile(store, { of: tenant });
    const free = Array.from({ length: 70 }, () => aProfile(tenant));
    const sameUsername = aProfile(tenant, { username: there.username });
    const profiles = [...free.slice(0, 10), sameUsername, ...free.slice(10), aProfile(tenant, { id: there.id })];
    return {
      call: () =>
        store.importProfiles(
          tenant,
          profiles.map((profile) => created(profile)),
          4,
        ),
      answer: {
        taken: new Map([
          [sameUsername.id, 'username'],
          [there.id, 'id'],
        ]),
        overtaken: [],
      },
      held: async () => [
        await store.findProfiles(free.map(({ id }) => id)),
        await Promise.all(free.map((profile) => ownerOf(store, profile))),
        await heldOf(store, there)(),
        await store.findProfile(sameUsername.id),
      ],
      holds: [free, free.map(({ id }) => id), wholeOf(there), undefined],
    };
  }),
  write('importProfiles', 'a username left over from an earlier tenant', async (store) => {
    const { old, tenant } = await leftOver(store);
    const profile = aProfile(tenant, { username: old.username });
    return {
      call: () => store.importProfiles(tenant, [created(profile)]),
      answer: { taken: new Map(), overtaken: [] },
      held: heldOf(store, profile),
      holds: wholeOf(profile),
    };
  }),
  write('importProfiles', 'of a tenant that has changed since it was read', async (store) => {
    const tenant = await storedTenant(store);
    await store.updateTenant({ ...tenant, version: tenant.version + 1, ssoEnabled: true });
    const profile = aProfile(tenant);
    return {
      call: () => store.importProfiles(tenant, [created(profile)]),
      answer: { taken: new Map(), overtaken: [created(profile)] },
      held: heldOf(store, profile),
      holds: [undefined, undefined, undefined],
    };
  }),
  unharmed('importProfiles', 'none', async (store) => {
    const tenant = await storedTenant(store);
    return { call: () => store.importProfiles(tenant, []), answer: { taken: new Map(), overtaken: [] } };
  }),
];

/** What is promised of new profiles. */
export const newProfileCases: readonly Case[] = [...creating, ...importing];
