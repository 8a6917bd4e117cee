import { ExactNumber } from '../../values/exact-number.ts';
import { requireTime } from '../read-limit.ts';
import { compareValues, typeRank } from './compare.ts';
import { type Entrance, entrancesOf, type QueryableProfile, valuesAt } from './profile-values.ts';
import type { Query, RangeOperator, Test } from './tree.ts';
import { isDocument, isList, type Path } from './value.ts';

/** Where a path enters the thing that is being matched. */
type Enter = (path: Path) => Entrance;

/** Whether the profile fulfils the query, with Mongo's meaning of every operator (contract 6.7). 400 `OTHER` when the time is up. */
export function matches(query: Query, profile: QueryableProfile): boolean {
  return fulfils(query, entrancesOf(profile));
}

/** `matches` for a query that mentions no field but `username`, which is what the plan `usernameKeys` promises. */
export function matchesUsername(query: Query, username: string): boolean {
  return fulfils(query, ([field, ...rest]) => ({ value: field === 'username' ? username : undefined, rest }));
}

/** `by_existing_attribute`: the dotted path exists, arrays of objects are traversed (contract 5.38). */
export function attributeExists(path: string, profile: QueryableProfile): boolean {
  return holds({ kind: 'exists' }, attributeEntrance(path, profile));
}

/** `by_attribute_value`: the path holds exactly this string, or an array with it (contract 5.39). */
export function attributeEquals(path: string, value: string, profile: QueryableProfile): boolean {
  return holds({ kind: 'equals', value }, attributeEntrance(path, profile));
}

const attributeEntrance = (path: string, profile: QueryableProfile): Entrance =>
  entrancesOf(profile)(['attributes', ...path.split('.')]);

function fulfils(query: Query, enter: Enter): boolean {
  switch (query.kind) {
    case 'and':
      return query.clauses.every((clause) => fulfils(clause, enter));
    case 'or':
      return query.clauses.some((clause) => fulfils(clause, enter));
    case 'nor':
      return !query.clauses.some((clause) => fulfils(clause, enter));
    case 'field':
      return holds(query.test, enter(query.path));
  }
}

/** A test on a path: some value there passes. Negation is of the whole, so `$ne` means that none is equal. */
function holds(test: Test, entrance: Entrance): boolean {
  requireTime();
  switch (test.kind) {
    case 'not':
      return !holds(test.test, entrance);
    case 'all':
      return test.tests.every((each) => holds(each, entrance));
    case 'size':
    case 'elementTest':
    case 'elementQuery':
      return valuesAt(entrance, 'whole').some((value) => passes(test, value));
    default:
      return valuesAt(entrance, 'elements').some((value) => passes(test, value));
  }
}

/** A test on one value, an element under `$elemMatch` for example: arrays are not looked into. */
function passes(test: Test, value: unknown): boolean {
  requireTime();
  switch (test.kind) {
    case 'not':
      return !passes(test.test, value);
    case 'all':
      return test.tests.every((each) => passes(each, value));
    case 'equals':
      return isEqual(value, test.value);
    case 'compare':
      return typeRank(value) === typeRank(test.value) && inRange(test.operator, compareValues(value, test.value));
    case 'in':
      return (
        test.scalars.has(value) || test.others.some((other) => isEqual(value, other)) || isAmong(test.scalars, value)
      );
    case 'exists':
      return value !== undefined;
    case 'pattern':
      return typeof value === 'string' && test.pattern(value);
    case 'size':
      return isList(value) && value.length === test.size;
    case 'elementTest':
      return isList(value) && value.some((element) => passes(test.test, element));
    case 'elementQuery':
      return isList(value) && value.some((element) => elementFulfils(test.query, element));
  }
}

const isEqual = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

/** Whether one of the scalars is equal to a number that is written in other words, such as 0.10. */
const isAmong = (scalars: ReadonlySet<unknown>, value: unknown): boolean =>
  value instanceof ExactNumber && scalars.has(Number(value)) && isEqual(value, Number(value));

/** As in Mongo, an array within the array counts as a document with its indexes as field names. */
function elementFulfils(query: Query, element: unknown): boolean {
  const value = isList(element) ? { ...element } : element;
  return isDocument(value) && fulfils(query, (path) => ({ value, rest: path }));
}

function inRange(operator: RangeOperator, order: number): boolean {
  switch (operator) {
    case '$gt':
      return order > 0;
    case '$gte':
      return order >= 0;
    case '$lt':
      return order < 0;
    case '$lte':
      return order <= 0;
  }
}
