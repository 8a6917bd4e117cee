import { type Case, write } from './case.ts';
import type { Store } from './store.ts';
import { anAccessToken, aProfile, aTenant, created, manyPermissions, storedProfile, storedTenant } from './world.ts';

function firstEntries(tenant = aTenant()) {
  const profile = aProfile(tenant);
  return { token: anAccessToken(), tenant, administrator: created(profile), atMs: 1 };
}
type Entries = ReturnType<typeof firstEntries>;

const again = { again: true };
const once = { again: false };

const heldOf =
  (store: Store, { token, tenant, administrator: { profile } }: Entries) =>
  async () => [
    await store.findAccessToken(token.id),
    await store.findTenant(tenant.name),
    await store.findProfile(profile.id),
    await store.findCredentials(profile.id),
    (await store.findUsername(profile.tenant, profile.username))?.profileId,
  ];
const wholeOf = ({ token, tenant, administrator: { profile, credentials } }: Entries) => [
  token,
  tenant,
  profile,
  credentials,
  profile.id,
];
const nothing = [undefined, undefined, undefined, undefined, undefined];

/** What is promised of an installation's first entries. A store begins without them: the first case is about what happens to it once. */
export const installationCases: readonly Case[] = [
  write('bootstrapInstallation', 'for the first time, and once only', async (store) => {
    const [first, second] = [firstEntries(), firstEntries()];
    const wasDone = (await store.bootstrapInstallation(first, once)) !== 'done';
    return {
      call: () => store.bootstrapInstallation(second, once),
      answer: 'bootstrappedAlready',
      held: async () => [await heldOf(store, first)(), await heldOf(store, second)()],
      holds: [wasDone ? nothing : wholeOf(first), nothing],
    };
  }),
  write('bootstrapInstallation', 'again, as told', async (store) => {
    const entries = firstEntries();
    return {
      call: () => store.bootstrapInstallation(entries, again),
      answer: 'done',
      held: heldOf(store, entries),
      holds: wholeOf(entries),
    };
  }),
  write('bootstrapInstallation', 'with many permissions', async (store) => {
    const entries = { ...firstEntries(), token: anAccessToken({ tenantPermissions: manyPermissions }) };
    return {
      call: () => store.bootstrapInstallation(entries, again),
      answer: 'done',
      held: heldOf(store, entries),
      holds: wholeOf(entries),
    };
  }),
  write('bootstrapInstallation', 'in a tenant that is there', async (store) => {
    const entries = firstEntries(await storedTenant(store));
    return {
      call: () => store.bootstrapInstallation({ ...entries, tenant: undefined }, again),
      answer: 'done',
      held: heldOf(store, entries),
      holds: wholeOf(entries),
    };
  }),
  write('bootstrapInstallation', 'a taken username', async (store) => {
    const tenant = await storedTenant(store);
    const { username } = await storedProfile(store, { of: tenant });
    const entries = firstEntries(tenant);
    const profile = { ...entries.administrator.profile, username };
    const taken = { ...entries, tenant: undefined, administrator: { ...entries.administrator, profile } };
    return {
      call: () => store.bootstrapInstallation(taken, again),
      answer: 'usernameTaken',
      held: () => store.findAccessToken(entries.token.id),
      holds: undefined,
    };
  }),
  write('bootstrapInstallation', 'the tenant made by somebody else meanwhile', async (store) => {
    const entries = firstEntries();
    const other = await storedTenant(store, { name: entries.tenant.name });
    return {
      call: () => store.bootstrapInstallation(entries, again),
      answer: 'changedMeanwhile',
      held: heldOf(store, entries),
      holds: [undefined, other, undefined, undefined, undefined],
    };
  }),
];
