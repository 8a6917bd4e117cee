import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import { inParallel } from '../domain/concurrency/in-parallel.ts';
import type { TenantSweep } from '../domain/sweep/sweep.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { headsAndBodies } from './dynamodb/head-and-body.ts';
import { profilesTable, tenantBodyKey, tenantKey } from './dynamodb/keys.ts';
import { countItems, inPartition, queryItems } from './dynamodb/reads.ts';
import { UpdateExpression } from './dynamodb/update-expression.ts';
import { putNew, type TransactionItem, transact, type UpdateItem, updateIf } from './dynamodb/writes.ts';
import { withoutHashNote } from './hash-notes.ts';
import { closing, openDeletion, openSettling, sweepUpdate } from './sweeps.ts';
import {
  type TenantBody,
  tenantBodyOf,
  tenantHeadItem,
  tenantOf,
  tenantTextOf,
  tenantToItems,
} from './tenant-items.ts';

const CACHE_BYTES = 32 * 1024 * 1024;

const tenants = headsAndBodies<TenantBody>({
  table: profilesTable,
  headKey: tenantKey,
  bodyKey: tenantBodyKey,
  bodyOf: tenantBodyOf,
  textOf: tenantTextOf,
  bodyAtOnce: true,
  cacheBytes: CACHE_BYTES,
});

/** Undefined where there is none of that name. */
export async function findTenant(name: string): Promise<Tenant | undefined> {
  const whole = await tenants.find(name);
  return whole && tenantOf(whole);
}

/** How many tenants there are. */
export const countTenants = (): Promise<number> => countItems(inPartition(profilesTable(), tenantKey('').pk));

/** Every tenant, in the order of creation; 400 `OTHER` where they are more than an answer can hold. */
export async function listTenants(): Promise<readonly Tenant[]> {
  const wholes = await tenants.list();
  return wholes.map(tenantOf).sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** The id of every tenant by its name, however many they are. */
export async function tenantIds(): Promise<ReadonlyMap<string, string>> {
  const heads = await queryItems(inPartition(profilesTable(), tenantKey('').pk));
  return new Map(heads.map(({ sk, tenantId }) => [String(sk), String(tenantId)]));
}

/** As many are read at a time. */
const PARALLEL = 25;

/** Every tenant, however many they are: for an operator, whom no answer holds to its size. */
export async function everyTenant(): Promise<readonly Tenant[]> {
  const found = await inParallel([...(await tenantIds()).keys()], PARALLEL, findTenant);
  return found.flatMap((tenant) => tenant ?? []);
}

const putBody = (body: ReturnType<typeof tenantToItems>['body']): TransactionItem => ({
  Put: { TableName: profilesTable(), Item: body },
});

const noteNewTenant = ({ name, attributeDefinitions }: Tenant): void =>
  noteChange(
    { tenant: name },
    ['tenant'],
    attributeDefinitions.map((definition) => definition.name),
  );

/** False where the name is taken. What was known under it is of an earlier tenant: the next read looks for both items at once. */
export async function createTenant(tenant: Tenant): Promise<boolean> {
  noteNewTenant(tenant);
  const { head, body } = tenantToItems(tenant);
  const isNew = await putNew(profilesTable(), head, [putBody(body)]);
  tenants.forget(tenant.name);
  return isNew;
}

/** The parts of a transaction that stores a tenant whose name was free. */
export function newTenantItems(tenant: Tenant): { readonly tenant: TransactionItem; readonly body: TransactionItem } {
  noteNewTenant(tenant);
  const { head, body } = tenantToItems(tenant);
  const put = { TableName: profilesTable(), Item: head, ConditionExpression: 'attribute_not_exists(pk)' };
  return { tenant: { Put: put }, body: putBody(body) };
}

/**
 * A head as it is to be, on condition that it has these values. What a head from before there were bodies holds of one goes: from now on that is in
 * the body.
 */
function headUpdate(head: ReturnType<typeof tenantHeadItem>, asRead: Readonly<Record<string, unknown>>): UpdateItem {
  const { pk, sk, ...fields } = head;
  const expression = new UpdateExpression();
  for (const [field, value] of Object.entries(fields)) expression.set(expression.name(field), value);
  for (const moved of ['availableRoles', 'attributeDefinitions', 'pending']) expression.remove(expression.name(moved));
  return {
    TableName: profilesTable(),
    Key: { pk, sk },
    UpdateExpression: expression.toString(),
    ConditionExpression: Object.entries(asRead)
      .map(([field, value]) => `${expression.name(field)} = ${expression.value(value)}`)
      .join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
  };
}

/** That the tenant is still the one that `next` was made from: its version is one less. */
const asRead = (next: Tenant) => ({ tenantId: next.id, version: next.version - 1 });

/** Holds a transaction to the tenant being as it was read: what is stored has taken in all its changes. */
export const unchangedTenant = ({ name, id, version }: Tenant): TransactionItem => ({
  ConditionCheck: {
    TableName: profilesTable(),
    Key: tenantKey(name),
    ConditionExpression: 'tenantId = :id AND version = :version',
    ExpressionAttributeValues: { ':id': id, ':version': version },
  },
});

/** The whole tenant as `next`, as parts of a transaction. */
function tenantUpdate(next: Tenant): { readonly tenant: TransactionItem; readonly body: TransactionItem } {
  const { head, body } = tenantToItems(next);
  return { tenant: { Update: headUpdate(head, asRead(next)) }, body: putBody(body) };
}

/** The version of the stored body that `next` took over whole; undefined where it has another one, or where nobody knows. */
function unchangedBody({ name, availableRoles, attributeDefinitions, pending }: Tenant): string | undefined {
  const { version, body } = tenants.kept(name) ?? {};
  const isSame =
    body?.availableRoles === availableRoles &&
    body.attributeDefinitions === attributeDefinitions &&
    body.pending === pending;
  return isSame ? version : undefined;
}

/** All or nothing; false where a condition failed. The next read of the tenant looks for its new body. */
async function writeTenant(name: string, items: Readonly<Record<string, TransactionItem>>): Promise<boolean> {
  noteChange({ tenant: name }, []);
  const failed = await transact(items);
  tenants.forget(name);
  return failed.size === 0;
}

/** Stores the changed tenant; false where it changed meanwhile. */
export async function updateTenant(next: Tenant): Promise<boolean> {
  const bodyVersion = unchangedBody(next);
  if (bodyVersion === undefined) return writeTenant(next.name, tenantUpdate(next));
  const update = headUpdate(tenantHeadItem(next, bodyVersion), { ...asRead(next), bodyVersion });
  noteChange({ tenant: next.name }, []);
  return (await updateIf(update)) !== undefined;
}

/** Stores the changed tenant, and opens a sweep of the profiles that have to follow; false where it changed meanwhile. */
export const updateTenantAndSweep = (next: Tenant): Promise<boolean> =>
  writeTenant(next.name, { ...tenantUpdate(next), sweep: openSettling(next) });

/**
 * Deletes the tenant and opens the sweep of its profiles, which keeps what the tenant says of the index; false where it is gone, changed or another one
 * by now.
 */
export function deleteTenant(tenant: Tenant, atMs: number): Promise<boolean> {
  noteChange({ tenant: tenant.name }, ['tenant']);
  return writeTenant(tenant.name, {
    tenant: {
      Delete: {
        TableName: profilesTable(),
        Key: tenantKey(tenant.name),
        ConditionExpression: 'tenantId = :id AND version = :version',
        ExpressionAttributeValues: { ':id': tenant.id, ':version': tenant.version },
      },
    },
    body: { Delete: { TableName: profilesTable(), Key: tenantBodyKey(tenant.name) } },
    ...withoutHashNote(tenant),
    sweep: openDeletion(tenant, atMs),
  });
}

/**
 * Stores the tenant without the changes that all its profiles have taken in, and ends their sweep, or, where newer changes are left, lets it start
 * anew; false where tenant or sweep have moved on meanwhile.
 */
export const endSettling = (next: Tenant, sweep: TenantSweep): Promise<boolean> =>
  writeTenant(next.name, {
    ...tenantUpdate(next),
    sweep: next.pending.length === 0 ? closing(sweep) : { Update: sweepUpdate(sweep, undefined) },
  });

/** What each intent calls. */
export const calls = {
  findTenant: ['Get tenant', 'Get tenantBody'],
  countTenants: ['Query tenant'],
  listTenants: ['Query tenant', 'Query tenantBody', 'Get tenant', 'Get tenantBody'],
  tenantIds: ['Query tenant'],
  createTenant: ['PutItem tenant', 'PutItem tenantBody'],
  updateTenant: ['UpdateItem tenant', 'PutItem tenantBody'],
  updateTenantAndSweep: ['UpdateItem tenant', 'PutItem tenantBody', 'UpdateItem sweep'],
  deleteTenant: [
    'DeleteItem tenant',
    'DeleteItem tenantBody',
    'DeleteItem hashNote',
    'DeleteItem firebaseKeys',
    'PutItem sweep',
  ],
  endSettling: ['UpdateItem tenant', 'PutItem tenantBody', 'UpdateItem sweep', 'DeleteItem sweep'],
} as const satisfies CallsByIntent;
