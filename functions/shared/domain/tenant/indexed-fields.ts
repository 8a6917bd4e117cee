import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import type { JsonValue } from '../values/json.ts';
import type { AttributeDefinition } from './attribute-definitions.ts';
import { lagOf, type PendingChange } from './pending-changes.ts';

/** What of a tenant says what is indexed of its profiles. */
export interface Indexing {
  /** Over how many partitions the entries of a field are spread; absent: the tenant is from before there was an index, and has none. */
  readonly shards?: number | undefined;
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly pending: readonly PendingChange[];
}

/** A longer name does not fit into a key. */
const FIELD_LIMIT_BYTES = 1000;
const PATHS_LIMIT = 100;

type Definition = Pick<AttributeDefinition, 'name' | 'metadata'>;

const wishOf = ({ metadata }: Definition): JsonValue | undefined => metadata?.indexed;

const isPath = (path: JsonValue): path is string =>
  typeof path === 'string' && path.split('.').every((step) => step !== '');

/** The places that `indexed` of a definition's metadata names; undefined where that is none of what it may be. */
function placesOf({ name, metadata }: Definition): readonly string[] | undefined {
  const wish = wishOf({ name, metadata }) ?? false;
  if (wish === false) return [];
  if (wish === true) return fitting([name]);
  if (!Array.isArray(wish) || wish.length === 0 || wish.length > PATHS_LIMIT || !wish.every(isPath)) return undefined;
  return fitting([...new Set(wish)].map((path) => `${name}.${path}`));
}

function fitting(places: readonly string[]): readonly string[] | undefined {
  const fields = places.map((place) => `attributes.${place}`);
  return fields.every((field) => Buffer.byteLength(field) <= FIELD_LIMIT_BYTES) ? fields : undefined;
}

/** Whether a definition asks for an index that cannot be: it counts as asking for none. */
export const isIndexedWrongly = (definition: Definition): boolean => placesOf(definition) === undefined;

/** The indexed fields of attributes, as dotted paths of the query language: `attributes.phone`, `attributes.prefs.lang`. */
const indexedAttributes = (definitions: readonly Definition[]): readonly string[] =>
  definitions.flatMap((definition) => placesOf(definition) ?? []);

/** Every field whose values the profiles of the tenant are indexed by, once they have taken in all its changes. */
export const indexedFieldsOf = ({ shards, attributeDefinitions }: Omit<Indexing, 'pending'>): readonly string[] =>
  shards === undefined ? [] : ['roles', ...indexedAttributes(attributeDefinitions)];

/** What is stored of a profile that says how it is indexed. */
export interface Indexed {
  /** Which part of the index has its entries; absent: none has, it is from before there was an index. */
  readonly shard?: number | undefined;
  readonly appliedVersion: number;
}

/** The fields that a stored profile has entries of: those of the tenant before the changes that it has not taken in. */
export function fieldsOfStored(stored: Indexed, tenant: Indexing): readonly string[] {
  if (stored.shard === undefined) return [];
  const fields = new Set(indexedFieldsOf(tenant));
  for (const change of lagOf(stored, tenant).toReversed()) {
    for (const field of change.indexFields) fields.delete(field);
    for (const field of change.dropFields) fields.add(field);
  }
  return [...fields];
}

/** The name of the attribute that a field is of. */
export const attributeOf = (field: string): string | undefined => /^attributes\.([^.]+)/.exec(field)?.[1];

/**
 * The fields whose entries find every profile that has a value there: no open change has yet to write entries of them or to give profiles a default value.
 * An entry may be of a value that an open change takes away.
 */
export function searchableFields(tenant: Indexing): ReadonlySet<string> {
  const waiting = (field: string) =>
    tenant.pending.some(
      ({ indexFields, defaults }) => indexFields.includes(field) || defaults.has(attributeOf(field) ?? ''),
    );
  return new Set(indexedFieldsOf(tenant).filter((field) => !waiting(field)));
}

/** The fields whose entries are in the order of what the profiles show: no open change has yet to take a value away either. */
export function sortableFields(tenant: Indexing): ReadonlySet<string> {
  const losing = (field: string) =>
    tenant.pending.some(({ removeRoles, removeAttributes }) =>
      field === 'roles' ? removeRoles.length > 0 : removeAttributes.includes(attributeOf(field) ?? ''),
    );
  return new Set([...searchableFields(tenant)].filter((field) => !losing(field)));
}

/** What the profiles of a tenant have to follow where its definitions become others: fields to be indexed, and no more. */
export function changeOfFields(
  before: Omit<Indexing, 'pending'>,
  after: Omit<Indexing, 'pending'>,
): Pick<PendingChange, 'indexFields' | 'dropFields'> {
  const [had, has] = [indexedFieldsOf(before), indexedFieldsOf(after)];
  return {
    indexFields: has.filter((field) => !had.includes(field)),
    dropFields: had.filter((field) => !has.includes(field)),
  };
}

/** 400 `OTHER` for a definition whose wish to be indexed is wrong and new: one that is stored already may stay. */
export function requireIndexable(wanted: readonly Definition[], stored: readonly Definition[]): void {
  const before = new Map(stored.map((definition) => [definition.name, definition]));
  for (const definition of wanted) {
    const old = before.get(definition.name);
    const isOld = old !== undefined && JSON.stringify(wishOf(old)) === JSON.stringify(wishOf(definition));
    assertThat(isOld || !isIndexedWrongly(definition), () =>
      invalidRequest(
        `"indexed" in the metadata of attribute "${definition.name}" must be true, false or a list of up to ${PATHS_LIMIT} paths inside of it, each with its attribute up to ${FIELD_LIMIT_BYTES} bytes`,
      ),
    );
  }
}
