import { setting } from '../../config/configuration.ts';

export const profilesTable = () => setting('profilesTable');
export const tokensTable = () => setting('tokensTable');
export const ticketsTable = () => setting('ticketsTable');

/** Every table's primary key: partition and sort key, both strings. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const tenantKey = (name: string): Key => ({ pk: 'TENANT', sk: name });
/** By the name, so that it can be read beside the head. */
export const tenantBodyKey = (name: string): Key => ({ pk: 'TENANT_BODY', sk: name });
export const profileKey = (id: string): Key => ({ pk: `PROFILE#${id}`, sk: 'PROFILE' });
/** The inverse of `profileKey`. */
export const profileIdOf = (pk: string): string => pk.slice(profileKey('').pk.length);
export const credentialsKey = (profileId: string): Key => ({ pk: `PROFILE#${profileId}`, sk: 'CREDENTIALS' });
/** The tenant is encoded, so that tenant `a#b` with user `c` is not tenant `a` with user `b#c`. */
export const loginKey = (tenant: string, username: string): Key => ({
  pk: `LOGIN#${encodeURIComponent(tenant)}#${username}`,
  sk: 'LOGIN',
});
export const attachmentKey = (profileId: string, baseName: string): Key => ({
  pk: `PROFILE#${profileId}`,
  sk: `ATTACHMENT#${baseName}`,
});
/** Of what the index holds of a profile at a field: in partitions by tenant, shard and field. */
export const indexKey = (tenantId: string, shard: number, field: string, sk: string): Key => ({
  pk: `INDEX#${tenantId}#${shard}#${field}`,
  sk,
});
export const sweepKey = (tenantId: string): Key => ({ pk: 'SWEEP', sk: tenantId });
/** Of a profile's sweep: it may have the id of a tenant. */
export const profileSweepKey = (id: string): Key => ({ pk: 'SWEEP', sk: `PROFILE#${id}` });
/** Of a profile whose verification mail was refused. */
export const refusedMailKey = (profileId: string): Key => ({ pk: 'MAIL_REFUSED', sk: profileId });
/** Of the note on a tenant's hashes of other identity stores. */
export const hashNoteKey = (tenantId: string): Key => ({ pk: 'FOREIGN_HASHES', sk: tenantId });
/** Of what a tenant's hashes of Firebase are made with. */
export const firebaseKeysKey = (tenantId: string): Key => ({ pk: 'FIREBASE_KEYS', sk: tenantId });
/** Marks an installation that has its first access token. */
export const installationKey: Key = { pk: 'INSTALLATION', sk: 'BOOTSTRAP' };
export const accessTokenKey = (id: string): Key => ({ pk: 'ACCESS_TOKEN', sk: id });
export const accessTokenBodyKey = (id: string): Key => ({ pk: 'ACCESS_TOKEN_BODY', sk: id });
/** Of the key of the hashes in the audit trail. */
export const auditKeyKey: Key = { pk: 'AUDIT_KEY', sk: 'KEY' };
/** Ids of tokens and sessions are stored as hashes: whoever reads the table can use none of them. */
export const verificationTokenKey = (idHash: string): Key => ({ pk: `VERIFICATION#${idHash}`, sk: 'TOKEN' });
export const ticketKey = (idHash: string): Key => ({ pk: `TICKET#${idHash}`, sk: 'TICKET' });
export const persistentLoginKey = (idHash: string): Key => ({ pk: `PERSISTENT_LOGIN#${idHash}`, sk: 'LOGIN' });

const PARTITION_KEY_LIMIT_BYTES = 2048;
const SORT_KEY_LIMIT_BYTES = 1024;

/** Whether the store can hold such a key; where it cannot, there is nothing under it. */
export function isPossible({ pk, sk }: Key): boolean {
  const [partitionBytes, sortBytes] = [Buffer.byteLength(pk), Buffer.byteLength(sk)];
  return partitionBytes <= PARTITION_KEY_LIMIT_BYTES && sortBytes > 0 && sortBytes <= SORT_KEY_LIMIT_BYTES;
}
