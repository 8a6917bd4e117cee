import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { FirebaseKeys } from '../domain/sign-in/foreign/firebase-keys.ts';
import type { HashNote } from '../domain/sign-in/foreign/hash-note.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { firebaseKeysKey, hashNoteKey, type Key, profilesTable, tenantKey } from './dynamodb/keys.ts';
import { getItem, inPartition, queryItems } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';

const noteItem = everyFieldOf<Omit<HashNote, 'tenantId'> & Pick<Key, 'sk'>>()({
  sk: z.string(),
  tenant: z.string(),
  notedAtMs: z.number(),
  revision: z.string(),
  after: z.optional(z.string()),
});
const keysItem = everyFieldOf<FirebaseKeys>()({ signerKey: z.string(), saltSeparator: z.string() });

/** The tenant as it was read, with these kinds from now on: a change like any other, so that one that is under way begins anew. */
const kindsUpdate = ({ name, id, version }: Tenant, kinds: readonly string[]): TransactionItem => ({
  Update: {
    TableName: profilesTable(),
    Key: tenantKey(name),
    UpdateExpression: 'SET foreignHashes = :kinds, version = :next',
    ConditionExpression: 'tenantId = :id AND version = :version',
    ExpressionAttributeValues: { ':kinds': kinds, ':id': id, ':version': version, ':next': version + 1 },
  },
});

const noteOf = ({ id, name }: Tenant, notedAtMs: number): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: { ...hashNoteKey(id), tenant: name, notedAtMs, revision: randomUUID() },
  },
});

/** Keys that are others than those that are there would leave all earlier hashes without theirs. */
const keysOf = ({ id }: Tenant, { signerKey, saltSeparator }: FirebaseKeys): TransactionItem => ({
  Put: {
    TableName: profilesTable(),
    Item: { ...firebaseKeysKey(id), signerKey, saltSeparator },
    ConditionExpression: 'attribute_not_exists(pk) OR (signerKey = :signerKey AND saltSeparator = :saltSeparator)',
    ExpressionAttributeValues: { ':signerKey': signerKey, ':saltSeparator': saltSeparator },
  },
});

/** What is to be noted of a tenant before profiles with such hashes are written. */
interface Noted {
  /** As `fittingKinds` has them. */
  readonly kinds: readonly string[];
  /** Where there are hashes of Firebase among them. */
  readonly firebaseKeys?: FirebaseKeys | undefined;
  readonly atMs: number;
}

/**
 * Notes that a tenant may have hashes of these kinds of other identity stores, and what those of Firebase are made with. Comes before any profile with such a hash is written, and again at least every
 * twelve hours as long as more are: a day after it the note may go.
 *
 * @param tenant as it was read: its version moves by one
 * @returns `changed` where the tenant is gone or another one by now, `otherKeys` where it has hashes of another Firebase project; nothing is written then
 */
export async function noteHashKinds(
  tenant: Tenant,
  { kinds, firebaseKeys, atMs }: Noted,
): Promise<'noted' | 'changed' | 'otherKeys'> {
  noteChange({ tenant: tenant.name }, []);
  const failed = await transact({
    tenant: kindsUpdate(tenant, kinds),
    note: noteOf(tenant, atMs),
    ...(firebaseKeys && { keys: keysOf(tenant, firebaseKeys) }),
  });
  if (failed.has('tenant')) return 'changed';
  return failed.size > 0 ? 'otherKeys' : 'noted';
}

/** What the tenant's hashes of Firebase are made with; undefined where it has none. */
export async function findFirebaseKeys(tenantId: string): Promise<FirebaseKeys | undefined> {
  const item = await getItem(profilesTable(), firebaseKeysKey(tenantId));
  return item && z.parse(keysItem, item);
}

/** Every note that there is. */
export async function listHashNotes(): Promise<readonly HashNote[]> {
  const items = await queryItems(inPartition(profilesTable(), hashNoteKey('').pk));
  return items.map((item) => {
    const { sk, ...note } = z.parse(noteItem, item);
    return { tenantId: sk, ...note };
  });
}

/** Notes up to which profile none has such a hash; nothing where hashes were noted anew. */
export async function saveHashNote({ tenantId, revision }: HashNote, after: string): Promise<void> {
  await transact({
    note: {
      Update: {
        TableName: profilesTable(),
        Key: hashNoteKey(tenantId),
        UpdateExpression: 'SET #after = :after',
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeNames: { '#after': 'after' },
        ExpressionAttributeValues: { ':after': after, ':revision': revision },
      },
    },
  });
}

const removal = (key: Key): TransactionItem => ({ Delete: { TableName: profilesTable(), Key: key } });

/** Ends a note, with what hashes of Firebase were made with; nothing where hashes were noted anew, or the tenant is gone. */
export async function endHashNote({ tenantId, tenant, revision }: HashNote): Promise<void> {
  await transact({
    tenant: {
      Update: {
        TableName: profilesTable(),
        Key: tenantKey(tenant),
        UpdateExpression: 'SET version = version + :one REMOVE foreignHashes',
        ConditionExpression: 'tenantId = :id',
        ExpressionAttributeValues: { ':one': 1, ':id': tenantId },
      },
    },
    note: {
      Delete: {
        TableName: profilesTable(),
        Key: hashNoteKey(tenantId),
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      },
    },
    keys: removal(firebaseKeysKey(tenantId)),
  });
}

/** The same as part of the transaction in which a tenant goes, as it was read. */
export const withoutHashNote = ({ id, foreignHashes }: Tenant): Readonly<Record<string, TransactionItem>> =>
  foreignHashes === undefined ? {} : { hashNote: removal(hashNoteKey(id)), firebaseKeys: removal(firebaseKeysKey(id)) };

/** What each intent calls. */
export const calls = {
  noteHashKinds: ['UpdateItem tenant', 'PutItem hashNote', 'PutItem firebaseKeys'],
  findFirebaseKeys: ['Get firebaseKeys'],
  listHashNotes: ['Query hashNote'],
  saveHashNote: ['UpdateItem hashNote'],
  endHashNote: ['UpdateItem tenant', 'DeleteItem hashNote', 'DeleteItem firebaseKeys'],
} as const satisfies CallsByIntent;
