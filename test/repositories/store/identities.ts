import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { applyChange, type ProfileChange } from '../../../functions/shared/domain/profile/profile-change.ts';
import { newVerificationToken } from '../../../functions/shared/domain/verification-token/verification-token.ts';
import { asAttributes } from '../../support/attributes.ts';
import { type Case, write } from './case.ts';
import type { Store } from './store.ts';
import {
  credentialsOf,
  fresh,
  goneProfile,
  indexed,
  leftOver,
  settling,
  storedProfile,
  storedTenant,
} from './world.ts';

const change: ProfileChange = { atMs: 5, verified: true };

/** A profile, its credentials, and who has a username of its tenant. */
const heldOf =
  (store: Store, { id, tenant }: Profile, usernames: readonly string[]) =>
  async () => [
    await store.findProfile(id),
    await store.findCredentials(id),
    await Promise.all(usernames.map(async (name) => (await store.findUsername(tenant, name))?.profileId)),
  ];

const storing: readonly Case[] = [
  write('storeIdentity', 'a new username', async (store) => {
    const profile = await storedProfile(store);
    const username = fresh('new');
    const changed = { ...applyChange(profile, change), username };
    return {
      call: () => store.storeIdentity(indexed(profile), change, { username }),
      answer: changed,
      held: heldOf(store, profile, [profile.username, username]),
      holds: [changed, credentialsOf(profile), [undefined, profile.id]],
    };
  }),
  write('storeIdentity', 'a new password', async (store) => {
    const credentials = { failedLoginAttempts: 2 };
    const profile = await storedProfile(store, { credentials });
    const changed = { ...applyChange(profile, change), credentialEpoch: 6 };
    return {
      call: () => store.storeIdentity(indexed(profile), change, { passwordHash: 'new' }),
      answer: changed,
      held: heldOf(store, profile, [profile.username]),
      holds: [changed, credentialsOf(changed, { ...credentials, passwordHash: 'new' }), [profile.id]],
    };
  }),
  write('storeIdentity', 'username and password', async (store) => {
    const profile = await storedProfile(store);
    const username = fresh('new');
    const changed = { ...applyChange(profile, change), username, credentialEpoch: 6 };
    return {
      call: () => store.storeIdentity(indexed(profile), change, { username, passwordHash: 'new' }),
      answer: changed,
      held: heldOf(store, profile, [profile.username, username]),
      holds: [changed, credentialsOf(changed, { passwordHash: 'new' }), [undefined, profile.id]],
    };
  }),
  write('storeIdentity', 'a disable with it, which counts once', async (store) => {
    const profile = await storedProfile(store);
    const changed = { ...profile, enabled: false, disableEpoch: 8, credentialEpoch: 6, revision: 1 };
    return {
      call: () => store.storeIdentity(indexed(profile), { enabled: false }, { passwordHash: 'new' }),
      answer: changed,
      held: () => store.findProfile(profile.id),
      holds: changed,
    };
  }),
  write('storeIdentity', 'a taken username', async (store) => {
    const of = await storedTenant(store);
    const [profile, other] = [await storedProfile(store, { of }), await storedProfile(store, { of })];
    return {
      call: () => store.storeIdentity(indexed(profile), change, { username: other.username, passwordHash: 'new' }),
      answer: 'usernameTaken',
      held: heldOf(store, profile, [profile.username, other.username]),
      holds: [profile, credentialsOf(profile), [profile.id, other.id]],
    };
  }),
  write('storeIdentity', 'a username left over from an earlier tenant', async (store) => {
    const { old, tenant } = await leftOver(store);
    const profile = await storedProfile(store, { of: tenant });
    const changed = { ...applyChange(profile, change), username: old.username };
    return {
      call: () => store.storeIdentity(indexed(profile), change, { username: old.username }),
      answer: changed,
      held: heldOf(store, profile, [profile.username, old.username]),
      holds: [changed, credentialsOf(profile), [undefined, profile.id]],
    };
  }),
  write('storeIdentity', 'a username of the tenant that was made anew meanwhile', async (store) => {
    const { old, tenant } = await leftOver(store);
    const newer = await storedProfile(store, { of: tenant });
    return {
      call: () => store.storeIdentity(indexed(old), change, { username: newer.username }),
      answer: 'overtaken',
      held: heldOf(store, old, [old.username, newer.username]),
      holds: [old, credentialsOf(old), [old.id, newer.id]],
    };
  }),
];

/** What may come between the reading of a profile and its change; answers the profile as it is then. */
const between: readonly (readonly [string, (store: Store, read: Profile) => Promise<unknown>])[] = [
  ['another password', (store, read) => store.storeIdentity(indexed(read), {}, { passwordHash: 'other' })],
  ['another username', (store, read) => store.storeIdentity(indexed(read), {}, { username: fresh('other') })],
  ['a role', (store, read) => store.updateProfile(indexed(read), { roles: { add: ['B'] } })],
  [
    'an attribute',
    (store, read) => store.updateProfile(indexed(read), { attributes: { set: asAttributes([['y', 1]]) } }),
  ],
  ['nothing but a time', (store, read) => store.updateProfile(indexed(read), { atMs: 1 })],
  ['a disable', (store, read) => store.updateProfile(indexed(read), { enabled: false })],
  ['a settling', (store, read) => store.settleProfile(indexed(read), settling())],
];

const overtaken = between.flatMap(([when, happen]) => [
  write('storeIdentity', `${when} meanwhile`, async (store) => {
    const read = await storedProfile(store);
    const now = await happen(store, read);
    const [username, free] = [fresh('new'), [undefined]];
    return {
      call: () => store.storeIdentity(indexed(read), change, { username }),
      answer: 'overtaken',
      held: async () => [await store.findProfile(read.id), (await heldOf(store, read, [username])())[2]],
      holds: [now, free],
    };
  }),
  write('redeemToken', `${when} meanwhile`, async (store) => {
    const read = await storedProfile(store);
    const token = newVerificationToken(read, ['verify']);
    await store.createVerificationToken(token, 900);
    const now = await happen(store, read);
    return {
      call: () => store.redeemToken(token.id, indexed(read), change),
      answer: 'overtaken',
      held: async () => [await store.findProfile(read.id), await store.findVerificationToken(token.id)],
      holds: [now, token],
    };
  }),
]);

const redeeming: readonly Case[] = [
  write('storeIdentity', 'gone, and not back by it', async (store) => {
    const gone = await goneProfile(store);
    return {
      call: () => store.storeIdentity(indexed(gone), change, { passwordHash: 'new' }),
      answer: 'overtaken',
      held: heldOf(store, gone, [gone.username]),
      holds: [undefined, undefined, [undefined]],
    };
  }),
  write('redeemToken', 'for a change', async (store) => {
    const profile = await storedProfile(store);
    const token = newVerificationToken(profile, ['verify']);
    await store.createVerificationToken(token, 900);
    const changed = applyChange(profile, change);
    return {
      call: () => store.redeemToken(token.id, indexed(profile), change),
      answer: changed,
      held: async () => [await store.findProfile(profile.id), await store.findVerificationToken(token.id)],
      holds: [changed, undefined],
    };
  }),
  write('redeemToken', 'for a new password', async (store) => {
    const profile = await storedProfile(store);
    const token = newVerificationToken(profile, ['changePassword']);
    await store.createVerificationToken(token, 900);
    const changed = { ...applyChange(profile, change), credentialEpoch: 6 };
    return {
      call: () => store.redeemToken(token.id, indexed(profile), change, 'new'),
      answer: changed,
      held: heldOf(store, profile, [profile.username]),
      holds: [changed, credentialsOf(changed, { passwordHash: 'new' }), [profile.id]],
    };
  }),
  write('redeemToken', 'used up already', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => store.redeemToken(fresh('none'), indexed(profile), change, 'new'),
      answer: 'tokenGone',
      held: heldOf(store, profile, [profile.username]),
      holds: [profile, credentialsOf(profile), [profile.id]],
    };
  }),
  write('redeemToken', 'its profile gone', async (store) => {
    const gone = await goneProfile(store);
    const token = newVerificationToken(gone, ['verify']);
    await store.createVerificationToken(token, 900);
    return {
      call: () => store.redeemToken(token.id, indexed(gone), change, 'new'),
      answer: 'overtaken',
      held: heldOf(store, gone, [gone.username]),
      holds: [undefined, undefined, [undefined]],
    };
  }),
];

/** What is promised of usernames and passwords that change. */
export const identityCases: readonly Case[] = [...storing, ...overtaken, ...redeeming];
