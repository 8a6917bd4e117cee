import { type Entrance, entrancesOf, type QueryableProfile, valuesAt } from '../query/profile-values.ts';
import { type SortKey, sortKeyOf } from '../query/sort.ts';
import { isDocument, isList, pathOf } from '../query/value.ts';
import { tags, type ValueKey, valueKeyOf } from './value-key.ts';

/** What the index holds of a profile at one place: the profile is found under this key of this field. */
export interface IndexEntry {
  /** A dotted path of the query language, such as `roles` or `attributes.prefs.lang`; or `EVERY_FIELD`. */
  readonly field: string;
  readonly key: ValueKey;
}

/** Keys that stand for no value, behind those that do. */
export const marks = {
  /** The field has several values: one may be in one range and another in another. */
  several: '8',
  /** There is something, if nothing but null. */
  nothingButNull: '9',
  /** The field has more values than are kept one by one: the profile is a candidate of every condition on it. */
  overflow: '~',
} as const;

/** In place of a field: the profile is a candidate of every condition on any. */
export const EVERY_FIELD = '*';

/** Of one field. */
const MOST_VALUES = 8;
/** Of one profile, so that old and new ones fit into a transaction. */
const MOST_ENTRIES = 40;
/** The last one stands for all further fields, and each field has one at least. */
export const MOST_FIELDS = MOST_ENTRIES - 1;

/** Whether profiles with several values of the field bear a mark. Those with several roles do not: nobody asks for ranges of them. */
export const marksSeveral = (field: string): boolean => field !== 'roles';

/** Whether there may be entries under `EVERY_FIELD`, as one field has nine of them at most. */
export const mayOverflow = (fields: readonly string[]): boolean => fields.length * (MOST_VALUES + 1) >= MOST_ENTRIES;

/** The key of what a profile sorts by. */
export const sortKeyText = ({ isEmpty, value }: SortKey): ValueKey => (isEmpty ? tags.emptyList : valueKeyOf(value));

/**
 * The keys of one field: of each value that a condition may ask for, and of those by which the profile sorts in either direction. Lists and documents
 * are no values by themselves.
 */
function keysOf(field: string, entrance: Entrance): readonly ValueKey[] {
  const values = valuesAt(entrance, 'elements');
  const plain = values.filter((value) => !isList(value) && !isDocument(value)).map(valueKeyOf);
  const keys = new Set([...plain, sortKeyText(sortKeyOf(entrance, 1)), sortKeyText(sortKeyOf(entrance, -1))]);
  if (keys.size > MOST_VALUES) return [marks.overflow];
  const hasValue = [...keys].some((key) => key !== tags.missing);
  if (keys.size > 1 && marksSeveral(field)) keys.add(marks.several);
  if (!hasValue && values.some((value) => value !== undefined)) keys.add(marks.nothingButNull);
  return [...keys];
}

/** What the index holds of a profile for these fields: the same for the same fields in any order. */
export function entriesOf(profile: QueryableProfile, fields: readonly string[]): readonly IndexEntry[] {
  const enter = entrancesOf(profile);
  const entries: IndexEntry[] = [];
  for (const field of fields.toSorted()) {
    const keys = keysOf(field, enter(pathOf(field)));
    if (entries.length + keys.length >= MOST_ENTRIES) return [...entries, { field: EVERY_FIELD, key: marks.overflow }];
    for (const key of keys) entries.push({ field, key });
  }
  return entries;
}
