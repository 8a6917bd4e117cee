import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { TenantSweep } from '../domain/sweep/sweep.ts';
import type { AttributeDefinition, AttributePermission } from '../domain/tenant/attribute-definitions.ts';
import type { PendingChange } from '../domain/tenant/pending-changes.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../domain/values/json.ts';
import { type Attributes, JsonText } from '../domain/values/json-text.ts';
import { type Key, profilesTable, tenantKey } from './dynamodb/keys.ts';
import { countItems, getItem, inPartition, queryAnswer, type StoredItem } from './dynamodb/reads.ts';
import { everyFieldOf, textSet, textSetOf } from './dynamodb/stored.ts';
import { UpdateExpression } from './dynamodb/update-expression.ts';
import { putNew, transact, type UpdateItem, updateIf } from './dynamodb/writes.ts';
import { closing, openDeletion, openSettling, sweepUpdate } from './sweeps.ts';

const jsonText = <Value extends z.ZodMiniType>(schema: Value) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text): unknown => parseJson(text)),
    ),
    schema,
  );
const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

const permission = everyFieldOf<AttributePermission>()({
  application: z.string(),
  allowedActions: z.nullable(z.array(z.string())),
});
const definition = everyFieldOf<AttributeDefinition>()({
  name: z.string(),
  metadata: z.nullable(z.custom<JsonObject>(isJsonObject)),
  defaultValue: jsonValue,
  permissions: z.array(permission),
});
const pendingChange = everyFieldOf<PendingChange>()({
  version: z.number(),
  atMs: z.number(),
  removeRoles: z.array(z.string()),
  removeAttributes: z.array(z.string()),
  defaults: z.pipe(
    z.array(z.tuple([z.string(), jsonValue])),
    z.transform((entries): Attributes => new Map(entries.map(([name, value]) => [name, JsonText.of(value)]))),
  ),
});

const tenantItem = everyFieldOf<Omit<Tenant, 'id' | 'name'> & Pick<Key, 'sk'> & { readonly tenantId: string }>()({
  sk: z.string(),
  tenantId: z.string(),
  version: z.number(),
  createdAtMs: z.number(),
  verifyNewProfiles: z.boolean(),
  ssoEnabled: z.boolean(),
  cleanseAttributes: z.boolean(),
  availableRoles: textSet(),
  attributeDefinitions: jsonText(z.array(definition)),
  pending: jsonText(z.array(pendingChange)),
});

function tenantOf(item: StoredItem): Tenant {
  const { sk, tenantId, ...tenant } = z.parse(tenantItem, item);
  return { id: tenantId, name: sk, ...tenant };
}

const pendingText = (pending: readonly PendingChange[]) =>
  JSON.stringify(pending.map((change) => ({ ...change, defaults: [...change.defaults] })));
const definitionsText = (definitions: readonly AttributeDefinition[]) => JSON.stringify(definitions);

/** Keys and values as they are stored. */
export function tenantToItem({ id, name, availableRoles, attributeDefinitions, pending, ...tenant }: Tenant) {
  return {
    ...tenantKey(name),
    ...tenant,
    tenantId: id,
    availableRoles: textSetOf(availableRoles),
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

/** Every tenant, in the order of creation; 400 `OTHER` where they are more than an answer can hold. */
export async function listTenants(): Promise<readonly Tenant[]> {
  const items = await queryAnswer(allTenants(), ({ attributeDefinitions }) => String(attributeDefinitions));
  return items.map(tenantOf).sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
}

/** False where the name is taken. */
export const createTenant = (tenant: Tenant): Promise<boolean> => putNew(profilesTable(), tenantToItem(tenant));

/** The whole tenant as `next`, on condition that it is still the one that `next` was made from: its version is one less. */
function tenantUpdate(next: Tenant): UpdateItem {
  const { pk, sk, ...fields } = tenantToItem(next);
  const expression = new UpdateExpression();
  for (const [field, value] of Object.entries(fields))
    if (value === undefined) expression.remove(expression.name(field));
    else expression.set(expression.name(field), value);
  const asRead = Object.entries({ tenantId: next.id, version: next.version - 1 });
  return {
    TableName: profilesTable(),
    Key: { pk, sk },
    UpdateExpression: expression.toString(),
    ConditionExpression: asRead
      .map(([field, value]) => `${expression.name(field)} = ${expression.value(value)}`)
      .join(' AND '),
    ExpressionAttributeNames: expression.names,
    ExpressionAttributeValues: expression.values,
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
export async function endSettling(next: Tenant, sweep: TenantSweep): Promise<boolean> {
  const failed = await transact({
    tenant: { Update: tenantUpdate(next) },
    sweep: next.pending.length === 0 ? closing(sweep) : { Update: sweepUpdate(sweep, undefined) },
  });
  return failed.size === 0;
}

/** What each intent calls. */
export const calls = {
  findTenant: ['Get tenant'],
  countTenants: ['Query tenant'],
  listTenants: ['Query tenant'],
  createTenant: ['PutItem tenant'],
  updateTenant: ['UpdateItem tenant'],
  updateTenantAndSweep: ['UpdateItem tenant', 'UpdateItem sweep'],
  deleteTenant: ['DeleteItem tenant', 'PutItem sweep'],
  endSettling: ['UpdateItem tenant', 'UpdateItem sweep', 'DeleteItem sweep'],
} as const satisfies CallsByIntent;
