import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { AttributeDefinition, AttributePermission } from '../domain/tenant/attribute-definitions.ts';
import type { PendingChange } from '../domain/tenant/pending-changes.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/values/json.ts';
import { type Attributes, JsonText } from '../domain/values/json-text.ts';
import type { Whole } from './dynamodb/head-and-body.ts';
import { type Key, tenantBodyKey, tenantKey } from './dynamodb/keys.ts';
import type { StoredItem } from './dynamodb/reads.ts';
import { addedLater, everyFieldOf, jsonText, textSet, textSetOf } from './dynamodb/stored.ts';

/** What of a tenant is in its body. */
export type TenantBody = Pick<Tenant, 'availableRoles' | 'attributeDefinitions' | 'pending'>;
type TenantHead = Omit<Tenant, keyof TenantBody | 'id' | 'name'> & Pick<Key, 'sk'> & { readonly tenantId: string };

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
  indexFields: addedLater(z.array(z.string()), []),
  dropFields: addedLater(z.array(z.string()), []),
});

const tenantHead = everyFieldOf<TenantHead>()({
  sk: z.string(),
  tenantId: z.string(),
  version: z.number(),
  createdAtMs: z.number(),
  verifyNewProfiles: z.boolean(),
  ssoEnabled: z.boolean(),
  cleanseAttributes: z.boolean(),
  shards: z.optional(z.number()),
  foreignHashes: z.optional(z.array(z.string())),
});

const tenantBody = everyFieldOf<TenantBody>()({
  availableRoles: textSet(),
  attributeDefinitions: jsonText(z.array(definition)),
  pending: jsonText(z.array(pendingChange)),
});

/** The body of its item, or of one that holds head and body. */
export const tenantBodyOf = (item: StoredItem): TenantBody => z.parse(tenantBody, item);

/** What is large of it, as it is stored. */
export const tenantTextOf = ({ attributeDefinitions = '', pending = '' }: StoredItem): string =>
  `${attributeDefinitions}${pending}`;

/** A tenant of its two items, or of one from before there were two. */
export function tenantOf({ head, body }: Whole<TenantBody>): Tenant {
  const { sk, tenantId, ...fields } = z.parse(tenantHead, head);
  return { id: tenantId, name: sk, ...fields, ...(body ?? tenantBodyOf(head)) };
}

const pendingText = (pending: readonly PendingChange[]) =>
  JSON.stringify(pending.map((change) => ({ ...change, defaults: [...change.defaults] })));
const definitionsText = (definitions: readonly AttributeDefinition[]) => JSON.stringify(definitions);

/** The head with a body of this version, as it is stored. */
export function tenantHeadItem(tenant: Tenant, bodyVersion: string) {
  const { id, name, availableRoles, attributeDefinitions, pending, ...fields } = tenant;
  return { ...tenantKey(name), ...fields, tenantId: id, bodyVersion };
}

/**
 * Both items as they are stored. The body's version is another one at each call: the tenant's own would come again where an import brings a deleted
 * tenant back.
 */
export function tenantToItems(tenant: Tenant) {
  const bodyVersion = randomUUID();
  const body = {
    ...tenantBodyKey(tenant.name),
    tenantId: tenant.id,
    bodyVersion,
    availableRoles: textSetOf(tenant.availableRoles),
    attributeDefinitions: definitionsText(tenant.attributeDefinitions),
    pending: pendingText(tenant.pending),
  };
  return { head: tenantHeadItem(tenant, bodyVersion), body };
}
