import type { Bound } from '../index/key-ranges.ts';
import { type Asked, askedBy } from './asked.ts';
import { type Condition, conditionOn, type Lookup, type Searchable } from './lookups.ts';
import type { Query, Test } from './tree.ts';
import { ObjectId, type Path } from './value.ts';

/** A way to find all profiles of a tenant that a query can match (data model, section 3). The matcher is to check every one. */
export type Choice<Found = Lookup> =
  | Condition<Found>
  /** What one choice of each branch finds, together. */
  | { readonly branches: readonly (readonly Choice<Found>[])[] };

/** As many places are looked at as a request takes; each part of the index counts again. */
const MOST_LOOKUPS = 200;

const lookupsIn = (choice: Choice): number =>
  'lookups' in choice
    ? choice.lookups.length
    : choice.branches.flat().reduce((sum, inner) => sum + lookupsIn(inner), 0);

interface FieldTest {
  readonly path: Path;
  readonly test: Test;
}

/** What has to hold, each part by itself. */
function conjunctsOf(query: Query): readonly (Query | FieldTest)[] {
  if (query.kind === 'and') return query.clauses.flatMap(conjunctsOf);
  if (query.kind !== 'field' || query.test.kind !== 'all') return [query];
  return query.test.tests.flatMap((test) => conjunctsOf({ ...query, test }));
}

/** The bounds of each field, together. */
function boundsOf(tests: readonly FieldTest[]): ReadonlyMap<string, readonly Bound[]> {
  const bounds = new Map<string, readonly Bound[]>();
  for (const { path, test } of tests) {
    if (test.kind !== 'compare') continue;
    const field = path.join('.');
    bounds.set(field, [...(bounds.get(field) ?? []), test]);
  }
  return bounds;
}

function idOf({ path, test }: FieldTest): readonly Condition[] {
  const isId = path.join('.') === '_id' && test.kind === 'equals' && test.value instanceof ObjectId;
  return isId ? [{ words: 'id', lookups: [{ at: 'id', id: test.value.hex }] }] : [];
}

/** The way that finds one profile at most, or those of one address: no other can be better. */
const isNarrow = (condition: Condition, at: 'id' | 'username' | 'address'): boolean =>
  condition.lookups.length === 1 && condition.lookups[0]?.at === at;

/** Undefined where a branch can be found by no index. */
function unionOf(query: Query, searchable: Searchable): Choice | undefined {
  if (query.kind !== 'or') return undefined;
  const branches = query.clauses.map((clause) => choicesOf(clause, searchable));
  return branches.every((choices) => choices.length > 0) ? { branches } : undefined;
}

/**
 * The ways to find what a query asks for (contract 5.28, 5.33, 5.34), of which one suffices: the conditions that have to hold and that an index knows.
 * None where every profile has to be looked at.
 */
export function choicesOf(query: Query, searchable: Searchable): readonly Choice[] {
  const conjuncts = conjunctsOf(query);
  const tests = conjuncts.flatMap((one) => ('test' in one ? [one] : []));
  const on = (field: string, asked: Asked | undefined) => (asked && conditionOn(field, asked, searchable)) ?? [];
  const conditions: readonly Condition[] = [
    ...tests.flatMap(idOf),
    ...tests.flatMap(({ path, test }) => on(path.join('.'), askedBy(test))),
    ...[...boundsOf(tests)].flatMap(([field, bounds]) => on(field, { kind: 'bounds', bounds })),
  ];
  for (const at of ['id', 'username', 'address'] as const) {
    const narrow = conditions.find((condition) => isNarrow(condition, at));
    if (narrow !== undefined) return [narrow];
  }
  const unions = conjuncts.flatMap((one) => ('test' in one ? [] : (unionOf(one, searchable) ?? [])));
  return [...conditions, ...unions].filter((choice) => lookupsIn(choice) <= MOST_LOOKUPS);
}

/** Whether a query asks for one thing, so that what finds it finds little else. */
export const isOneTest = (query: Query): boolean => {
  const [first, ...others] = conjunctsOf(query);
  return first !== undefined && 'test' in first && others.length === 0;
};

/** Whether the usernames tell everything: false for a query without any field, which needs no more than the list of the tenant's profiles. */
export function mentionsOnlyUsername(query: Query): boolean {
  if (query.kind === 'field') return query.path[0] === 'username';
  return query.clauses.length > 0 && query.clauses.every(mentionsOnlyUsername);
}

/** Whether every profile matches, and none has to be looked at. */
export const asksForEverything = (query: Query): boolean =>
  query.kind === 'and' && query.clauses.every(asksForEverything);
