import fc from 'fast-check';
import { checkQuery } from '../../../../functions/shared/domain/profile-list/query/check.ts';
import { matches, matchesUsername } from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { mentionsOnlyUsername } from '../../../../functions/shared/domain/profile-list/query/plan.ts';
import { comparator } from '../../../../functions/shared/domain/profile-list/query/sort.ts';
import { JsonText } from '../../../../functions/shared/domain/values/json-text.ts';
import { valuesOf } from '../../../support/attributes.ts';
import { runs } from '../../../support/thoroughness.ts';
import { failureOf, profileWith } from './fixtures.ts';
import { modelMatches } from './model.ts';

const scalar = fc.constantFrom<unknown>(null, 0, 1, 2, 'a', 'b', '\uffee', '\u{1f600}', true, false);
const name = fc.constantFrom('p', 'q', 'r');

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

const attributes = fc.dictionary(fc.constantFrom('x', 'y', 'secret'), value, { maxKeys: 3 });
const profile = fc
  .record({
    username: fc.constantFrom('a', 'b', 'ab', '\u{1f600}'),
    email: fc.constantFrom('a', 'b', null),
    enabled: fc.boolean(),
    roles: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    attributes,
  })
  .map(profileWith);

const operators = (element: fc.Arbitrary<object>) => {
  const plain = fc.oneof(
    fc.record({ $eq: value }),
    fc.record({ $ne: value }),
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
    fc.record({ $nin: fc.array(value, { maxLength: 3 }) }),
    fc.record({ $gt: scalar, $lt: scalar }, { requiredKeys: ['$gt'] }),
    fc.record({ $gte: scalar, $lte: scalar }, { requiredKeys: ['$lte'] }),
    fc.record({ $exists: fc.boolean() }),
    fc.record({ $regex: fc.constantFrom('^a', 'b$', '.', 'B'), $options: fc.constantFrom('', 'i') }),
    fc.record({ $all: fc.array(value, { maxLength: 2 }) }),
    fc.record({ $size: fc.nat(3) }),
  );
  return fc.oneof(plain, fc.record({ $not: plain }), fc.record({ $elemMatch: fc.oneof(plain, element) }));
};

const path = (first: fc.Arbitrary<string>) =>
  fc.tuple(first, fc.array(name, { maxLength: 2 })).map(([start, rest]) => [start, ...rest].join('.'));
const profilePath = fc.oneof(
  fc.constantFrom('username', 'email', 'enabled', 'roles', 'zzz'),
  path(fc.constantFrom('attributes.x', 'attributes.y', 'attributes.secret')),
);

/** Queries over fields of the given paths, as JSON. */
const queryOn = (paths: fc.Arbitrary<string>): fc.Arbitrary<object> =>
  fc.letrec<{ query: object; clauses: object[]; fields: object }>((tie) => ({
    fields: fc.dictionary(paths, fc.oneof(value, operators(fc.dictionary(path(name), value, { maxKeys: 2 }))), {
      maxKeys: 2,
    }),
    clauses: fc.array(tie('query'), { minLength: 1, maxLength: 3 }),
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie('fields'),
      fc.record({ $and: tie('clauses') }),
      fc.record({ $or: tie('clauses') }),
      fc.record({ $nor: tie('clauses') }),
    ),
  })).query;

const parsed = (query: object) => parseQuery(JSON.stringify(query));
const mayRead = (attribute: string) => attribute !== 'secret';
const isAllowed = (query: object) => failureOf(() => checkQuery(parsed(query), mayRead)) === undefined;

test('the matcher gives what the plain model gives', () => {
  fc.assert(
    fc.property(queryOn(profilePath), profile, (query, candidate) => {
      // What is null is not stored (contract 8.2), and so is missing.
      const email = candidate.email ?? undefined;
      const document = { ...candidate, email, attributes: Object.fromEntries(valuesOf(candidate.attributes)) };
      expect(matches(parsed(query), candidate)).toBe(modelMatches(query, document));
    }),
    { numRuns: runs(3_000) },
  );
});

test('a query that passes the check can not tell profiles apart by an unreadable attribute', () => {
  fc.assert(
    fc.property(queryOn(profilePath), profile, fc.option(value), (query, candidate, secret) => {
      fc.pre(isAllowed(query));
      const text = new JsonText(JSON.stringify(secret));
      const other = { ...candidate, attributes: new Map(candidate.attributes).set('secret', text) };
      expect(matches(parsed(query), other)).toBe(matches(parsed(query), candidate));
    }),
    { numRuns: runs(2_000) },
  );
});

test('a query without unreadable attributes passes the check', () => {
  const readable = profilePath.filter((each) => !each.includes('secret'));
  fc.assert(fc.property(queryOn(readable), (query) => isAllowed(query)));
});

test('of a query on usernames alone the username tells whether it matches', () => {
  fc.assert(
    fc.property(queryOn(fc.constantFrom('username', 'email', 'enabled')), profile, (query, candidate) => {
      fc.pre(mentionsOnlyUsername(parsed(query)));
      expect(matchesUsername(parsed(query), candidate.username)).toBe(matches(parsed(query), candidate));
    }),
    { numRuns: runs(1_000) },
  );
});

test('a comparator is a total order', () => {
  fc.assert(
    fc.property(
      path(fc.constantFrom('attributes.x')),
      fc.constantFrom('ASC', 'DESC'),
      fc.array(profile),
      (by, order, many) => {
        const compare = comparator(by, order);
        const sorted = many.map((each, at) => ({ ...each, id: `${at}` })).sort(compare);
        for (const [at, lower] of sorted.entries()) {
          for (const higher of sorted.slice(at + 1)) {
            expect(compare(lower, higher)).toBeLessThan(0);
            expect(compare(higher, lower)).toBeGreaterThan(0);
          }
        }
      },
    ),
  );
});
