import { EVERY_FIELD, MOST_FIELDS } from '../profile-list/index/entries.ts';
import { type Indexing, indexedFieldsOf } from '../tenant/indexed-fields.ts';
import { isReindexing } from '../tenant/pending-changes.ts';

/** Where a tenant's entries may be: each of the fields in each of the shards. */
export interface IndexParts {
  readonly fields: readonly string[];
  readonly shards: number;
}

/** One of these places. */
export interface IndexPartition {
  readonly field: string;
  readonly shard: number;
}

/** The fields under which profiles indexed by these have entries: each field makes one at least, and a profile has only so many. */
const fieldsWithEntries = (fields: ReadonlySet<string>): readonly string[] => [...fields].sort().slice(0, MOST_FIELDS);

/** Every place where profiles of the tenant may have entries, whichever of its changes they have taken in. */
export function everyIndexPart(tenant: Indexing): IndexParts {
  const fields = new Set(indexedFieldsOf(tenant));
  const all = new Set(fieldsWithEntries(fields));
  for (const { indexFields, dropFields } of tenant.pending.toReversed()) {
    for (const field of indexFields) fields.delete(field);
    for (const field of dropFields) fields.add(field);
    for (const field of [...fieldsWithEntries(fields), ...dropFields]) all.add(field);
  }
  if (all.size > 0) all.add(EVERY_FIELD);
  return { fields: [...all].sort(), shards: tenant.shards ?? 0 };
}

/**
 * Where entries may be that no profile has, once all have taken in the tenant's changes up to a version: under fields that are indexed no more, and
 * anywhere where all was indexed anew.
 */
export function abandonedIndexParts(tenant: Indexing, version: number): IndexParts {
  const done = tenant.pending.filter((change) => change.version <= version);
  if (done.some(isReindexing)) return everyIndexPart(tenant);
  const today = new Set(indexedFieldsOf(tenant));
  const dropped = done.flatMap(({ dropFields }) => dropFields).filter((field) => !today.has(field));
  return { fields: [...new Set(dropped)].sort(), shards: tenant.shards ?? 0 };
}

/** The places in the order in which they are gone through. */
export const partitionsOf = ({ fields, shards }: IndexParts): readonly IndexPartition[] =>
  fields.flatMap((field) => Array.from({ length: shards }, (_, shard) => ({ field, shard })));

/** Whether a place is at or behind another one in that order. */
export const isFrom = (place: IndexPartition, begin: IndexPartition): boolean =>
  place.field === begin.field ? place.shard >= begin.shard : place.field > begin.field;
