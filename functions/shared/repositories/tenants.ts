import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { Sweep } from '../domain/sweep/sweep.ts';
import type { AttributeDefinition } from '../domain/tenant/attribute-definitions.ts';
import type { PendingChange } from '../domain/tenant/pending-changes.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import type { JsonValue } from '../domain/values/json.ts';
import { profilesTable, tenantKey } from './dynamodb/keys.ts';
import { countItems, getItem, inPartition, queryItems, type StoredItem } from './dynamodb/reads.ts';
import { putNew, transact, updateIf } from './dynamodb/writes.ts';
import { closing, openDeletion, openSettling, sweepUpdate } from './sweeps.ts';

const jsonText = <Value extends z.ZodMiniType>(schema: Value) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text): unknown => JSON.parse(text)),
    ),
    schema,
  );
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);
const storedDefinitions = jsonText(
  z.array(
    z.object({
      name: z.string(),
      metadata: z.nullable(z.record(z.string(), jsonValue)),
      defaultValue: jsonValue,
      permissions: z.array(z.object({ application: z.string(), allowedActions: z.nullable(z.array(z.string())) })),
    }),
  ),
);
const storedPending = jsonText(
  z.array(
    z.object({
      version: z.number(),
      atMs: z.number(),
      removeRoles: z.array(z.string()),
      removeAttributes: z.array(z.string()),
      defaults: z.pipe(
        z.array(z.tuple([z.string(), jsonValue])),
        z.transform((entries) => new Map(entries)),
      ),
    }),
  ),
);

const tenantItem = z.object({
  sk: z.string(),
  tenantId: z.string(),
  version: z.number(),
  createdAtMs: z.number(),
  verifyNewProfiles: z.boolean(),
  ssoEnabled: z.boolean(),
  cleanseAttributes: z.boolean(),
  availableRoles: z._default(z.set(z.string()), new Set<string>()),
  attributeDefinitions: storedDefinitions,
  pending: storedPending,
});

function tenantOf(item: StoredItem): Tenant {
  const { sk, tenantId, availableRoles, ...tenant } = z.parse(tenantItem, item);
  return { id: tenantId, name: sk, availableRoles: [...availableRoles], ...tenant };
}

const pendingText = (pending: readonly PendingChange[]) =>
  JSON.stringify(pending.map((change) => ({ ...change, defaults: [...change.defaults] })));
const definitionsText = (definitions: readonly AttributeDefinition[]) => JSON.stringify(definitions);

/** An empty set cannot be stored: undefined leaves it out. */
const roleSet = (roles: readonly string[]) => (roles.length > 0 ? new Set(roles) : undefined);

/** Keys and values as they are stored. */
export function tenantToItem({ id, name, availableRoles, attributeDefinitions, pending, ...tenant }: Tenant) {
  return {
    ...tenantKey(name),
    ...tenant,
    tenantId: id,
    availableRoles: roleSet(availableRoles),
    attributeDefinitions: definitionsText(attributeDefinitions),
    pending: pendingText(pending),
  };
}

/** Undefined where there is none of that name. */
export async function findTenant(name: string): Promise<Tenant | undefined> {
  const item = await getItem(profilesTable(), tenantKey(name));
  return item && tenantOf(item);
}

const allTenants = () => inPartition(profilesTable(), tenantKey('').pk);

/** How many tenants there are. */
export const countTenants = (): Promise<number> => countItems(allTenants());

/** Every tenant, in the order of creation. */
export async function listTenants(): Promise<readonly Tenant[]> {
  const items = await queryItems(allTenants());
  return items.map(tenantOf).sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** False where the name is taken. */
export const createTenant = (tenant: Tenant): Promise<boolean> => putNew(profilesTable(), tenantToItem(tenant));

/** The whole tenant as `next`, on condition that it is still the one that `next` was made from: its version is one less. */
function tenantUpdate(next: Tenant) {
  const roles = roleSet(next.availableRoles);
  return {
    TableName: profilesTable(),
    Key: tenantKey(next.name),
    UpdateExpression:
      'SET version = :version, verifyNewProfiles = :verify, ssoEnabled = :sso, cleanseAttributes = :cleanse, ' +
      `attributeDefinitions = :definitions, pending = :pending${roles ? ', availableRoles = :roles' : ' REMOVE availableRoles'}`,
    ConditionExpression: 'tenantId = :id AND version = :read',
    ExpressionAttributeValues: {
      ':id': next.id,
      ':read': next.version - 1,
      ':version': next.version,
      ':verify': next.verifyNewProfiles,
      ':sso': next.ssoEnabled,
      ':cleanse': next.cleanseAttributes,
      ':definitions': definitionsText(next.attributeDefinitions),
      ':pending': pendingText(next.pending),
      ...(roles ? { ':roles': roles } : {}),
    },
  };
}

/** Stores the changed tenant; false where it changed meanwhile. */
export const updateTenant = async (next: Tenant): Promise<boolean> =>
  (await updateIf(tenantUpdate(next))) !== undefined;

/** Stores the changed tenant, and opens a sweep of the profiles that have to follow; false where it changed meanwhile. */
export async function updateTenantAndSweep(next: Tenant): Promise<boolean> {
  const failed = await transact({
    tenant: { Update: tenantUpdate(next) },
    sweep: openSettling(next),
  });
  return failed.size === 0;
}

/** Deletes the tenant and opens the sweep of its profiles; false where it is gone or another one by now. */
export async function deleteTenant(tenant: Tenant): Promise<boolean> {
  const failed = await transact({
    tenant: {
      Delete: {
        TableName: profilesTable(),
        Key: tenantKey(tenant.name),
        ConditionExpression: 'tenantId = :id',
        ExpressionAttributeValues: { ':id': tenant.id },
      },
    },
    sweep: openDeletion(tenant),
  });
  return failed.size === 0;
}

/**
 * Stores the tenant without the changes that all its profiles have taken in, and ends their sweep, or, where newer changes are left, lets it start
 * anew; false where tenant or sweep have moved on meanwhile.
 */
export async function endSettling(next: Tenant, sweep: Sweep): Promise<boolean> {
  const failed = await transact({
    tenant: { Update: tenantUpdate(next) },
    sweep: next.pending.length === 0 ? closing(sweep) : { Update: sweepUpdate(sweep, undefined) },
  });
  return failed.size === 0;
}

/** What each intent calls. */
export const calls = {
  findTenant: ['GetItem tenant'],
  countTenants: ['Query tenant'],
  listTenants: ['Query tenant'],
  createTenant: ['PutItem tenant'],
  updateTenant: ['UpdateItem tenant'],
  updateTenantAndSweep: ['UpdateItem tenant', 'UpdateItem sweep'],
  deleteTenant: ['DeleteItem tenant', 'PutItem sweep'],
  endSettling: ['UpdateItem tenant', 'UpdateItem sweep', 'DeleteItem sweep'],
} as const satisfies CallsByIntent;
