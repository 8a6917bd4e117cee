import { createdKeyFrom } from '../../profile/created-key.ts';
import { marks, marksSeveral } from '../index/entries.ts';
import {
  type Bound,
  type KeyRange,
  RANGE_OF_CREATION,
  RANGE_OF_USERNAMES,
  rangeBetween,
  rangeOfKey,
  rangeOfPrefix,
  rangeOfValue,
  rangesOfExisting,
} from '../index/key-ranges.ts';
import { SEPARATOR } from '../index/placed-key.ts';
import { valueKeyOf } from '../index/value-key.ts';
import { type Asked, wordOf } from './asked.ts';

/** A place in the index by values. `isOneKey`: all of the range have one key, and so come in the order of creation. */
export interface IndexLookup {
  readonly at: 'index';
  readonly field: string;
  readonly range: KeyRange;
  readonly isOneKey: boolean;
}

/** One place where keys of candidates are. */
export type Lookup =
  | IndexLookup
  | { readonly at: 'id'; readonly id: string }
  | { readonly at: 'username'; readonly username: string }
  /** As written: the index is in lower case. */
  | { readonly at: 'address'; readonly email: string }
  | { readonly at: 'usernames' | 'emails' | 'creation'; readonly range: KeyRange };

/** A condition that has to hold, and where all profiles that fulfil it are found; others may be there, too. */
export interface Condition<Found = Lookup> {
  /** For people: `index roles equals`. Without values, which may be secrets. */
  readonly words: string;
  readonly lookups: readonly Found[];
}

/** Longer texts do not fit into a key. */
const KEY_LIMIT_BYTES = 1_024;
/** Of texts that something is added to. */
const BOUND_LIMIT_BYTES = 1_000;

/** Whether a username or an address can be this. */
const isKeyText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= KEY_LIMIT_BYTES;

type Placed = (range: KeyRange, isOneKey: boolean) => IndexLookup;

/** Both ends of ranges of several values have to be met by one of them, or by two. */
function boundsInIndex(field: string, bounds: readonly Bound[], at: Placed): readonly IndexLookup[] | undefined {
  const isLower = ({ operator }: Bound) => operator.startsWith('$g');
  const [first] = bounds;
  const isOneSided = bounds.every((bound) => first !== undefined && isLower(bound) === isLower(first));
  const usable =
    isOneSided || marksSeveral(field) ? bounds : bounds.filter((bound) => first && isLower(bound) === isLower(first));
  const range = rangeBetween(usable);
  if (range === undefined) return undefined;
  const several = isOneSided || !marksSeveral(field) ? [] : [at(rangeOfKey(marks.several), true)];
  return [at(range, false), ...several];
}

function lookupsInIndex(field: string, asked: Asked): readonly IndexLookup[] | undefined {
  const at: Placed = (range, isOneKey) => ({ at: 'index', field, range, isOneKey });
  switch (asked.kind) {
    case 'values': {
      const ranges = asked.values.map(rangeOfValue);
      return ranges.every((range) => range !== undefined) ? ranges.map((range) => at(range, true)) : undefined;
    }
    case 'bounds':
      return boundsInIndex(field, asked.bounds, at);
    case 'prefix':
      return [at(rangeOfPrefix(asked.prefix), false)];
    case 'exists':
      return rangesOfExisting.map((range) => at(range, false));
  }
}

/** Between these, whether they count in or not: what is found is looked at again. */
function usernamesBetween(bounds: readonly Bound[]): KeyRange | undefined {
  let { from, below } = RANGE_OF_USERNAMES;
  for (const { operator, value } of bounds) {
    if (!isKeyText(value) || Buffer.byteLength(value) > BOUND_LIMIT_BYTES) return undefined;
    if (operator.startsWith('$g')) from = value;
    else below = value + SEPARATOR;
  }
  return { from, below };
}

function lookupsOfUsername(asked: Asked): readonly Lookup[] | undefined {
  switch (asked.kind) {
    case 'values':
      return asked.values.every(isKeyText) ? asked.values.map((username) => ({ at: 'username', username })) : undefined;
    case 'bounds': {
      const range = usernamesBetween(asked.bounds);
      return range && [{ at: 'usernames', range }];
    }
    case 'prefix':
      return isKeyText(asked.prefix) ? [{ at: 'usernames', range: { prefix: asked.prefix } }] : undefined;
    case 'exists':
      return undefined;
  }
}

/** Of an address in any letter case, or of profiles without one. */
function lookupOfAddress(value: unknown, isSorted: boolean): Lookup | undefined {
  if (isKeyText(value)) return { at: 'address', email: value };
  return value === null && isSorted ? { at: 'emails', range: rangeOfKey(valueKeyOf(null)) } : undefined;
}

function lookupsOfEmail(asked: Asked, isSorted: boolean): readonly Lookup[] | undefined {
  if (asked.kind === 'values') {
    const lookups = asked.values.map((value) => lookupOfAddress(value, isSorted));
    return lookups.every((lookup) => lookup !== undefined) ? lookups : undefined;
  }
  if (!isSorted || asked.kind === 'exists') return undefined;
  if (asked.kind === 'prefix') return [{ at: 'emails', range: rangeOfPrefix(asked.prefix) }];
  const range = asked.bounds.every(({ value }) => typeof value === 'string') ? rangeBetween(asked.bounds) : undefined;
  return range && [{ at: 'emails', range }];
}

/** Times whose keys are in the order of the times themselves. */
const LAST_MS = 9_999_999_999_998;

function lookupsOfCreation(asked: Asked): readonly Lookup[] | undefined {
  let { from, below } = RANGE_OF_CREATION;
  const equalTo = (value: unknown): readonly Bound[] => [
    { operator: '$gte', value },
    { operator: '$lte', value },
  ];
  const bounds =
    asked.kind === 'bounds' ? asked.bounds : asked.kind === 'values' && asked.isOne ? equalTo(asked.values[0]) : [];
  if (bounds.length === 0) return undefined;
  for (const { operator, value } of bounds) {
    if (!(value instanceof Date)) return undefined;
    const ms = Math.floor(value.getTime());
    if (!(ms >= 0 && ms <= LAST_MS)) return undefined;
    if (operator.startsWith('$g')) from = createdKeyFrom(ms);
    else below = createdKeyFrom(ms + 1);
  }
  return [{ at: 'creation', range: { from, below } }];
}

/** What can be used to find profiles. */
export interface Searchable {
  /** Dotted paths whose values the tenant's profiles are indexed by, as far as the caller may know them. */
  readonly fields: ReadonlySet<string>;
  /** Whether all of the tenant's profiles are in the index by e-mail address as it is written. */
  readonly hasEmails: boolean;
}

const conditionOf = <Found>(what: string, asked: Asked, lookups: readonly Found[] | undefined) =>
  lookups && { words: `${what} ${wordOf(asked)}`, lookups };

/** Where the index by values has the profiles with something at a field; undefined where it does not tell. */
export const indexCondition = (
  field: string,
  asked: Asked,
  { fields }: Pick<Searchable, 'fields'>,
): Condition<IndexLookup> | undefined =>
  fields.has(field) ? conditionOf(`index ${field}`, asked, lookupsInIndex(field, asked)) : undefined;

/** Where profiles are that have something at a field; undefined where no index tells. */
export function conditionOn(field: string, asked: Asked, searchable: Searchable): Condition | undefined {
  if (field === 'username') return conditionOf(field, asked, lookupsOfUsername(asked));
  if (field === 'email') return conditionOf(field, asked, lookupsOfEmail(asked, searchable.hasEmails));
  if (field === 'createdOn') return conditionOf(field, asked, lookupsOfCreation(asked));
  return indexCondition(field, asked, searchable);
}
