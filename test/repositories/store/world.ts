import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import type { IndexedProfile } from '../../../functions/shared/domain/profile/indexed-profile.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { Settlement } from '../../../functions/shared/domain/profile/write-profile.ts';
import type { Credentials } from '../../../functions/shared/domain/sign-in/credentials.ts';
import type { ProfileSweep, TenantSweep } from '../../../functions/shared/domain/sweep/sweep.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { newObjectId } from '../../../functions/shared/domain/values/object-id.ts';
import { asAttributes } from '../../support/attributes.ts';
import type { Store } from './store.ts';

/** Before which nothing in these tests happens. */
const BEGIN_MS = 1_700_000_000_000;
let count = 0;

/** A name that nothing has yet. */
export const fresh = (what: string) => `${what}-${++count}`;

/** What `aTenant` says is indexed of its profiles. */
export const indexedFields: readonly string[] = ['roles', 'attributes.x.deep'];

/** Another tenant at each call, with something in each of its fields. */
export function aTenant(partial: Partial<Tenant> = {}): Tenant {
  const createdAtMs = BEGIN_MS + ++count;
  return {
    id: newObjectId(createdAtMs),
    name: fresh('tenant'),
    version: 3,
    createdAtMs,
    verifyNewProfiles: true,
    ssoEnabled: false,
    cleanseAttributes: true,
    availableRoles: ['A'],
    attributeDefinitions: [
      {
        name: 'x',
        metadata: { type: 'TEXT', indexed: ['deep'] },
        defaultValue: [1, null],
        permissions: [{ application: '*', allowedActions: ['*'] }],
      },
    ],
    pending: [
      {
        version: 3,
        atMs: 1,
        removeRoles: ['B'],
        removeAttributes: ['y'],
        defaults: asAttributes([['z', 1]]),
        indexFields: ['roles', 'attributes.x'],
        dropFields: ['attributes.y'],
      },
    ],
    shards: 1,
    ...partial,
  };
}

/** Another profile of the tenant at each call. */
export function aProfile(tenant: Tenant, partial: Partial<Profile> = {}): Profile {
  const createdAtMs = BEGIN_MS + ++count;
  const username = partial.username ?? fresh('user');
  return {
    id: newObjectId(createdAtMs),
    tenant: tenant.name,
    tenantId: tenant.id,
    username,
    email: `${username}@Example.com`,
    verified: false,
    enabled: true,
    createdAtMs,
    lastModifiedMs: createdAtMs,
    roles: ['A'],
    attributes: asAttributes([['x', { deep: [1, null, 'text'] }]]),
    appliedVersion: tenant.version,
    credentialEpoch: 5,
    disableEpoch: 7,
    emailEpoch: 0,
    revision: 0,
    shard: tenant.shards && 0,
    ...partial,
  };
}

export const credentialsOf = ({ id, credentialEpoch }: Profile, partial: Partial<Credentials> = {}): Credentials => ({
  profileId: id,
  passwordHash: 'hash',
  credentialEpoch,
  failedLoginAttempts: 0,
  ...partial,
});

/** The profile with its entries in the index, as those of a tenant of `aTenant` are. */
export const indexed = (profile: Profile): IndexedProfile => ({ profile, fields: indexedFields });

/** The same, to be stored. */
export const created = (profile: Profile, credentials: Partial<Credentials> = {}) => ({
  ...indexed(profile),
  credentials: credentialsOf(profile, credentials),
});

/** What a profile takes in of such a tenant, which stays indexed as it is. */
export const settling = (partial: Partial<Settlement> = {}): Settlement => ({
  removeRoles: [],
  attributes: undefined,
  appliedVersion: 9,
  shard: 0,
  fields: indexedFields,
  ...partial,
});

export const anAccessToken = (partial: Partial<AccessToken> = {}): AccessToken => ({
  id: fresh('token'),
  application: 'app',
  master: false,
  tenantPermissions: [{ tenant: '*', allowedActions: null }],
  expiresOnMs: null,
  createdAtMs: BEGIN_MS + ++count,
  ...partial,
});

/** Permissions of an access token on many tenants. */
export const manyPermissions: AccessToken['tenantPermissions'] = Array.from({ length: 100 }, (_, index) => ({
  tenant: `tenant-${index}`,
  allowedActions: ['READ_TENANT', 'MANAGE_PROFILES'],
}));

/** A tenant that the store has. */
export async function storedTenant(store: Store, partial: Partial<Tenant> = {}): Promise<Tenant> {
  const tenant = aTenant(partial);
  await store.createTenant(tenant);
  return tenant;
}

/** The next version of a tenant, with another value in each field that can change. */
export const nextOf = (tenant: Tenant, partial: Partial<Tenant> = {}): Tenant => ({
  ...tenant,
  version: tenant.version + 1,
  verifyNewProfiles: !tenant.verifyNewProfiles,
  ssoEnabled: !tenant.ssoEnabled,
  cleanseAttributes: !tenant.cleanseAttributes,
  availableRoles: [],
  attributeDefinitions: [],
  pending: [],
  ...partial,
});

type Stored = Partial<Profile> & { readonly of?: Tenant; readonly credentials?: Partial<Credentials> };

/** A profile that the store has, with its credentials and username; of a tenant of its own unless said otherwise. */
export async function storedProfile(store: Store, { of, credentials, ...partial }: Stored = {}): Promise<Profile> {
  const profile = aProfile(of ?? (await storedTenant(store)), partial);
  await store.createProfile(created(profile, credentials));
  return profile;
}

/** A profile whose tenant was deleted and made anew, so that what it had is left over; with the new tenant. */
export async function leftOver(store: Store): Promise<{ old: Profile; oldTenant: Tenant; tenant: Tenant }> {
  const oldTenant = await storedTenant(store);
  const old = await storedProfile(store, { of: oldTenant });
  await store.deleteTenant(oldTenant, 9);
  return { old, oldTenant, tenant: await storedTenant(store, { name: oldTenant.name }) };
}

/** A profile that was there. */
export async function goneProfile(store: Store): Promise<Profile> {
  const profile = await storedProfile(store);
  await bury(store, profile);
  await store.deleteTombstone(profile.id);
  return profile;
}

export const bury = (store: Store, profile: Profile, listed = false): Promise<boolean> =>
  listed ? store.buryOrphan(profile, 9) : store.buryProfile(profile, [indexed(profile)], 9);

/** The open sweep of a tenant. */
export const sweepOf = async (store: Store, { id }: Pick<Tenant, 'id'>): Promise<TenantSweep | undefined> =>
  (await store.listSweeps()).flatMap((sweep) => (sweep.kind !== 'clear' && sweep.tenantId === id ? [sweep] : []))[0];

/** What is left to do of a profile that is buried. */
export const clearingOf = async (store: Store, { id }: Pick<Profile, 'id'>): Promise<ProfileSweep | undefined> =>
  (await store.listSweeps()).flatMap((sweep) => (sweep.kind === 'clear' && sweep.profileId === id ? [sweep] : []))[0];

/** A stored tenant whose change has opened a sweep. */
export async function sweptTenant(store: Store): Promise<{ tenant: Tenant; sweep: TenantSweep }> {
  const before = await storedTenant(store);
  const tenant = { ...before, version: before.version + 1 };
  await store.updateTenantAndSweep(tenant);
  const sweep = await sweepOf(store, tenant);
  if (sweep === undefined) throw new Error('The change has opened no sweep');
  return { tenant, sweep };
}

/** All that a list gives. */
export async function all<Value>(pages: AsyncIterable<readonly Value[]>): Promise<readonly Value[]> {
  const values: Value[] = [];
  for await (const page of pages) values.push(...page);
  return values;
}

const PATIENCE_MS = 2000;

/** What a list shows once it has caught up with a write, or after two seconds. */
export async function inTime<Value>(look: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  const endMs = performance.now() + PATIENCE_MS;
  let value = await look();
  while (!isThere(value) && performance.now() < endMs) value = await look();
  return value;
}
