import { isTenantName, type Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';
import { isUnreadable, type Source, type SourceDocument, type SourceKind, type Unreadable } from '../read/source.ts';
import { Fields } from '../records/fields.ts';
import type { FirebaseHashing } from './firebase-keys.ts';
import type { LeftOut } from './foreign-user.ts';
import { HashesById } from './hashes-by-id.ts';
import { groupRolesIn } from './keycloak.ts';
import { readUser } from './read-user.ts';
import type { Reading } from './reading.ts';
import { NeededTenant } from './tenant-document.ts';

/** What each store is called. */
export const storeNames: Readonly<Record<SourceKind, string>> = {
  keycloak: 'Keycloak',
  auth0: 'Auth0',
  firebase: 'Firebase Authentication',
  cognito: 'Amazon Cognito',
  kratos: 'Ory Kratos',
  gotrue: 'GoTrue (Supabase Auth)',
};

/** How users of another store are taken. */
export interface ForeignOptions {
  /** Which store it is; else what the files look like. */
  readonly kind?: SourceKind | undefined;
  /** Name of the tenant that the users come to. */
  readonly tenant: string;
  /** The tenant of that name here. */
  readonly existing?: Tenant | undefined;
  /** Defines the attributes that the tenant lacks. With a tenant that is here it takes the import's `mergeTenants`, too. */
  readonly makeDefinitions?: boolean;
  /** Of the project whose hashes the files have. */
  readonly firebase?: FirebaseHashing | undefined;
  readonly nowMs: number;
}

const USERS = 'users';

function kindIn(source: Source, wanted: SourceKind | undefined): SourceKind {
  const { kind } = source;
  const known = wanted ?? kind;
  if (known === undefined) throw new UsageError('The files are of no other identity store that is known');
  if (kind !== undefined && kind !== known)
    throw new UsageError(`These are users of ${storeNames[kind]}, and not of ${storeNames[known]}: --from ${kind}`);
  if (!source.collections.includes(USERS))
    throw new UsageError(`There are no users of ${storeNames[known]} in the files`);
  return known;
}

/** Reads the files once, for what must be known before the first user. */
async function readingOf(source: Source, kind: SourceKind, options: ForeignOptions): Promise<Reading> {
  const groupRoles = new Map<string, readonly string[]>();
  if (kind === 'keycloak' && source.collections.includes('header'))
    for await (const read of source.read('header'))
      if (!isUnreadable(read)) for (const [path, roles] of groupRolesIn(read.value)) groupRoles.set(path, roles);
  const hashes = new HashesById();
  if (kind === 'auth0')
    for await (const read of source.read(USERS))
      if (!isUnreadable(read)) hashes.hear(new Fields(read.value, () => undefined));
  return {
    nowMs: options.nowMs,
    firebase: options.firebase,
    groupRoles,
    passwordOf: (id) => hashes.hashOf(id),
    isUser: (id) => hashes.isUser(id),
  };
}

type Read = SourceDocument | Unreadable | LeftOut;

async function* usersOf(source: Source, toProfile: (read: SourceDocument) => Read, heard?: (bytes: number) => void) {
  for await (const read of source.read(USERS, heard)) yield isUnreadable(read) ? read : toProfile(read);
}

/** The tenant's document, with the keys of the project where they were given. */
const tenantOf = ({ document }: NeededTenant, { firebase }: ForeignOptions): JsonObject =>
  firebase === undefined
    ? document
    : { ...document, firebaseKeys: { signerKey: firebase.signerKey, saltSeparator: firebase.saltSeparator } };

const PROFILE = 'profile';
const TENANT = 'tenant';

/**
 * The users of another identity store as profiles of one tenant, and that tenant, in the stored form of the old server (contract 8.2). Profiles have no ids: the same user is known
 * again by its login. Users that become no profile on purpose are collections of their own, so that they are counted as left behind. Reads the users once, or twice for Auth0,
 * before it gives the source; throws a `UsageError` where the files are of another store, or have more attributes than can be defined.
 */
export async function foreignSource(source: Source, options: ForeignOptions): Promise<Source> {
  const kind = kindIn(source, options.kind);
  if (options.existing === undefined && !isTenantName(options.tenant))
    throw new UsageError('No tenant can be called as --tenant says: no URL could carry that name');
  const reading = await readingOf(source, kind, options);
  const toProfile = (read: SourceDocument) => readUser(kind, read, reading, options.tenant);
  const tenant = new NeededTenant(options.tenant, options.existing, options.makeDefinitions === true);
  const leftOut = new Map<string, number>();
  for await (const read of usersOf(source, toProfile))
    if ('leftOut' in read) leftOut.set(read.leftOut, (leftOut.get(read.leftOut) ?? 0) + 1);
    else if (!isUnreadable(read)) tenant.hear(read.value);
  const place = { file: `--from ${kind}`, at: 'all users', number: 1 };

  async function* read(
    collection: string,
    heard?: (bytes: number) => void,
  ): AsyncGenerator<SourceDocument | Unreadable> {
    if (collection === TENANT) yield { ...place, value: tenantOf(tenant, options), oddities: [] };
    else if (collection === PROFILE) {
      for await (const one of usersOf(source, toProfile, heard)) if (!('leftOut' in one)) yield one;
    } else for (let left = leftOut.get(collection) ?? 0; left > 0; left--) yield { ...place, value: {}, oddities: [] };
  }

  return {
    collections: [TENANT, PROFILE, ...leftOut.keys()],
    kind: undefined,
    notes: source.notes,
    bytes: source.bytes,
    sizeOf: (collection) => (collection === PROFILE ? source.sizeOf(USERS) : 0),
    read,
  };
}
