import type { QueryableProfile } from '../../../../functions/shared/domain/profile-list/query/profile-values.ts';
import { byCreation, comparator } from '../../../../functions/shared/domain/profile-list/query/sort.ts';
import { profileWith } from './fixtures.ts';

const namesOf = (profiles: readonly QueryableProfile[]) => profiles.map((profile) => profile.username);

/** Profiles with these values of attribute `x`, created one after the other and named by their number. */
function valued(values: readonly unknown[]): QueryableProfile[] {
  return values.map((x, at) =>
    profileWith({ username: `${at}`, createdAtMs: at, attributes: x === undefined ? {} : { x } }),
  );
}

const sortedValues = (values: readonly unknown[], order: 'ASC' | 'DESC' | undefined, sortBy = 'attributes.x') =>
  valued(values)
    .reverse()
    .sort(comparator(sortBy, order))
    .map((profile) => profile.attributes.get('x')?.value);

test('ascending follows the order of types, nothing before numbers, dates aside', () => {
  const inOrder = [[], null, -1, 10, 'A', 'a', 'é', {}, { a: 1 }, [[1]], false, true];
  expect(sortedValues([true, 'a', 10, [[1]], { a: 1 }, 'é', null, -1, {}, 'A', [], false], 'ASC')).toEqual(inOrder);
});

test('descending is the reverse', () => {
  expect(sortedValues([1, 'a', undefined, true, 2], 'DESC')).toEqual([true, 'a', 2, 1, undefined]);
});

test('an absent order is descending', () => {
  expect(sortedValues([1, 3, 2], undefined)).toEqual([3, 2, 1]);
});

test('missing and null are equal, and ties stand in the order of creation either way', () => {
  const profiles = () => valued([undefined, null, 7, 7]).reverse();
  expect(namesOf(profiles().sort(comparator('attributes.x', 'ASC')))).toEqual(['0', '1', '2', '3']);
  expect(namesOf(profiles().sort(comparator('attributes.x', 'DESC')))).toEqual(['2', '3', '0', '1']);
});

test('profiles created in the same millisecond stand in the order of their ids', () => {
  const profiles = ['b', 'a', 'c'].map((id) => profileWith({ id, username: id }));
  expect(namesOf(profiles.sort(byCreation))).toEqual(['a', 'b', 'c']);
  expect(namesOf(profiles.sort(comparator('email', 'DESC')))).toEqual(['a', 'b', 'c']);
});

test('strings sort by code points, not by UTF-16 units', () => {
  expect(sortedValues(['\u{1f600}', '\uffee', 'z', 'za', 'Z'], 'ASC')).toEqual(['Z', 'z', 'za', '\uffee', '\u{1f600}']);
});

test('an array sorts by its smallest element ascending and by its largest descending', () => {
  expect(sortedValues([[5, 1], 2, [3, 0]], 'ASC')).toEqual([[3, 0], [5, 1], 2]);
  expect(sortedValues([[5, 1], 2, [3, 0]], 'DESC')).toEqual([[5, 1], [3, 0], 2]);
});

test('an empty array sorts below what is missing', () => {
  expect(sortedValues([1, undefined, []], 'ASC')).toEqual([[], undefined, 1]);
});

test('a path goes through documents, arrays of documents and indexes', () => {
  const values = [{ y: 3 }, [{ y: 9 }, { y: 1 }], { y: [2] }, 'text'];
  expect(sortedValues(values, 'ASC', 'attributes.x.y')).toEqual(['text', [{ y: 9 }, { y: 1 }], { y: [2] }, { y: 3 }]);
  expect(
    sortedValues(
      [
        [2, 1],
        [1, 2],
      ],
      'ASC',
      'attributes.x.0',
    ),
  ).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test.each(['zzz', 'id', 'tenant', 'password', 'attributes', 'attributes.', 'attributes.x.__proto__', 'x', '', 'a b:{'])(
  'sortBy "%s" is missing in every profile, so creation decides',
  (sortBy) => {
    expect(sortedValues([2, 1, 3], 'ASC', sortBy)).toEqual([2, 1, 3]);
    expect(sortedValues([2, 1, 3], 'DESC', sortBy)).toEqual([2, 1, 3]);
  },
);

test.each([
  ['_id', { id: 'a' }, { id: 'b' }],
  ['username', { username: 'B' }, { username: 'a' }],
  ['email', { email: 'a@x' }, { email: 'b@x' }],
  ['email', { email: null }, { email: '' }],
  ['verified', { verified: false }, { verified: true }],
  ['enabled', { enabled: false }, { enabled: true }],
  ['createdOn', { createdAtMs: 1 }, { createdAtMs: 2 }],
  ['lastModified', { lastModifiedMs: 1 }, { lastModifiedMs: 2 }],
  ['roles', { roles: ['B', 'A'] }, { roles: ['C', 'B'] }],
])('sorts by %s', (sortBy, lower, higher) => {
  const [a, b] = [profileWith(lower), profileWith(higher)];
  expect([b, a].sort(comparator(sortBy, 'ASC'))).toEqual([a, b]);
  expect([a, b].sort(comparator(sortBy, 'DESC'))).toEqual([b, a]);
});

test('a long path into a long list takes no longer than its parts', () => {
  const list = Array.from({ length: 100_000 }, (_, at) => at);
  const sortBy = `attributes.x${'.y'.repeat(5000)}`;
  const one = profileWith({ attributes: { x: list } });
  const profiles = Array.from({ length: 20 }, (_, at) => ({ ...one, username: `${at}`, createdAtMs: 20 - at }));
  const inOrder = namesOf(profiles).reverse();
  expect(namesOf(profiles.sort(comparator(sortBy, 'ASC')))).toEqual(inOrder);
});
