import { indexedFieldsOf, searchableFields, sortableFields } from '../../tenant/indexed-fields.ts';
import { isReindexing } from '../../tenant/pending-changes.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Searchable } from '../query/lookups.ts';
import { pathOf } from '../query/value.ts';
import type { ProfileReader } from '../reader.ts';
import { EVERY_FIELD, mayOverflow } from './entries.ts';

/** What one caller can use of the index of a tenant. */
export interface IndexUse extends Searchable {
  /** Dotted paths by which the index can be walked. */
  readonly sortable: ReadonlySet<string>;
  /** The parts of the index, each of which has some of the profiles. */
  readonly shards: readonly number[];
  /** Under which fields a profile may stand with the mark of more values than there are entries for. */
  overflowsOf(field: string): readonly string[];
}

/** In a list some steps are both an index and a name: what sorts then need not be the first of what is found. */
const hasIndexStep = (field: string): boolean =>
  pathOf(field)
    .slice(2)
    .some((step) => String(Number(step)) === step);

/** Whether every profile has a key in the index by e-mail address: one from before there was an index gets it with its entries. */
const hasEmails = ({ shards, pending }: Tenant): boolean => shards !== undefined && !pending.some(isReindexing);

/** What the tenant is indexed by, as far as its profiles are and the caller may know. */
export function indexUseOf({ tenant, readable }: Pick<ProfileReader, 'tenant' | 'readable'>): IndexUse {
  const isReadable = (field: string) => {
    const [first, attribute = ''] = pathOf(field);
    return first !== 'attributes' || readable.has(attribute);
  };
  const everyField = new Set([...indexedFieldsOf(tenant), ...tenant.pending.flatMap(({ dropFields }) => dropFields)]);
  const everywhere = mayOverflow([...everyField]) ? [EVERY_FIELD] : [];
  return {
    fields: new Set([...searchableFields(tenant)].filter(isReadable)),
    sortable: new Set([...sortableFields(tenant)].filter((field) => isReadable(field) && !hasIndexStep(field))),
    hasEmails: hasEmails(tenant),
    shards: Array.from({ length: tenant.shards ?? 0 }, (_, shard) => shard),
    overflowsOf: (field) => [field, ...everywhere],
  };
}
