import { inInvocation } from '../../../../functions/shared/config/invocation.ts';
import { matches } from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { comparator } from '../../../../functions/shared/domain/profile-list/query/sort.ts';
import { profileWith } from './fixtures.ts';

afterEach(() => jest.restoreAllMocks());

const tooLong = expect.objectContaining({
  kind: 'invalidRequest',
  message: 'The read takes too long: narrow the query',
});

/** Runs something whose answer has to be there at second 25, while each look at the clock finds it a millisecond later; answers the looks. */
function untilRefused(run: () => unknown): number {
  let nowMs = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => ++nowMs);
  expect(() => inInvocation({ operation: 'x' }, run, 25_000)).toThrow(tooLong);
  return nowMs;
}

const many = Array.from({ length: 30_000 }, (_, at) => ({ a: at + 3 }));

test.each([
  ['many elements', '{"attributes.x":{"$elemMatch":{"a":1}}}'],
  ['many clauses', `{"$or":[${'{"attributes.x.a":1},'.repeat(20)}]}`],
  ['a list of many values', '{"attributes.x":{"$in":[{"a":1},{"b":2}]}}'],
])('matching stops within one profile: %s', (_, query) => {
  const parsed = parseQuery(query);
  const profile = profileWith({ attributes: { x: many } });
  expect(untilRefused(() => matches(parsed, profile))).toBe(24_000);
});

test('a pattern does not begin with what may take longer than there is time', () => {
  const parsed = parseQuery(`{"attributes.x":{"$regex":"${'(a|b)?'.repeat(160)}$"}}`);
  const long = profileWith({ attributes: { x: 'a'.repeat(2_000_000) } });
  expect(untilRefused(() => matches(parsed, long))).toBeLessThan(10);
  const short = profileWith({ attributes: { x: 'ab' } });
  expect(inInvocation({ operation: 'x' }, () => matches(parsed, short), Date.now() + 25_000)).toBe(true);
});

test('sorting stops, too', () => {
  const profiles = Array.from({ length: 5_000 }, (_, at) => profileWith({ attributes: { x: (at * 7919) % 5_000 } }));
  expect(untilRefused(() => profiles.sort(comparator('attributes.x', 'ASC')))).toBe(24_000);
});

test('where nobody waits for the answer, there is no limit', () => {
  expect(matches(parseQuery('{"attributes.x.a":1}'), profileWith({ attributes: { x: many } }))).toBe(false);
});
