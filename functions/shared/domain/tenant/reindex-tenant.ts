import { indexedFieldsOf } from './indexed-fields.ts';
import { appendPending } from './pending-changes.ts';
import type { Tenant } from './tenant.ts';

/** Readers ask all parts of an index at once. */
export const MOST_SHARDS = 32;

/** The tenant after a change that has the index of all its profiles made anew, or for the first time. */
export function reindexed(tenant: Tenant, shards: number, nowMs: number): Tenant {
  const next = { ...tenant, shards, version: tenant.version + 1 };
  const change = {
    version: next.version,
    atMs: nowMs,
    removeRoles: [],
    removeAttributes: [],
    defaults: new Map(),
    indexFields: indexedFieldsOf(next),
    dropFields: [],
  };
  return { ...next, pending: appendPending(tenant.pending, change) };
}

/** The tenant with its index spread over more parts, which concerns new profiles alone: every profile stays in its own. */
export const spread = (tenant: Tenant, shards: number): Tenant => ({ ...tenant, shards, version: tenant.version + 1 });
