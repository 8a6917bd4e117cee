import fc from 'fast-check';
import { byCreation, comparator } from '../../../functions/shared/domain/profile-list/query/sort.ts';
import { isLeft, takeInOrder, takeSorted, windowOf } from '../../../functions/shared/domain/profile-list/window.ts';
import { countedPages, numbered, unchanged } from './views.ts';

const unlimited = Number.POSITIVE_INFINITY;
const tooLarge = { kind: 'invalidRequest', message: 'The result is too large: use start and count' };

test.each([
  [{}, { from: 0, to: unlimited }],
  [{ start: 3 }, { from: 3, to: unlimited }],
  [
    { start: 3, count: 0 },
    { from: 3, to: unlimited },
  ],
  [
    { start: 3, count: 2 },
    { from: 3, to: 5 },
  ],
  [{ count: 2 }, { from: 0, to: 2 }],
  [
    { start: -1, count: 2 },
    { from: 0, to: 2 },
  ],
  [
    { start: 1, count: -2 },
    { from: 1, to: 3 },
  ],
])('%j is the window %j', (paging, window) => {
  expect(windowOf(paging)).toEqual(window);
});

const oneToFour = [[numbered(1), numbered(2)], [numbered(3)], [numbered(4)]];

test('the last window in order reads no page after its end', async () => {
  const counted = countedPages(oneToFour);
  const { profiles } = await takeInOrder(counted.pages, { from: 1, to: 3, isFinal: true }, unchanged);
  expect(profiles.map(({ createdAtMs }) => createdAtMs)).toEqual([2, 3]);
  expect(counted.read).toBe(2);
});

test.each([
  ['in its own page', { from: 0, to: 1 }, 1, true],
  ['behind its page, if anywhere', { from: 0, to: 2 }, 1, true],
  ['nowhere, as its end is before', { from: 2, to: 9 }, 3, false],
])('what follows a window in order is looked for %s', async (_, window, read, follows) => {
  const counted = countedPages(oneToFour);
  expect((await takeInOrder(counted.pages, window, unchanged)).follows).toBe(follows);
  expect(counted.read).toBe(read);
});

test.each([
  [{ isDone: false, known: 'a', read: 'a' }, true],
  [{ isDone: true, known: 'b', read: 'a' }, true],
  [{ isDone: true, known: 'b', read: 'b' }, false],
])('where no more than %j is known, something may follow: %s', async (progress, follows) => {
  const { pages } = countedPages([[numbered(1)], []]);
  const taken = await takeInOrder(pages, { from: 0, to: 1 }, unchanged, () => isLeft(progress));
  expect([taken.follows, taken.last?.createdAtMs]).toEqual([follows, 1]);
});

test.each([
  [{ from: 0, to: 3 }, true],
  [{ from: 0, to: 4 }, false],
  [{ from: 0, to: 3, isFinal: true }, false],
] as const)('whether anything follows the sorted window %j: %s', async (window, follows) => {
  expect((await takeSorted(countedPages(oneToFour).pages, window, unchanged, byCreation)).follows).toBe(follows);
});

const pagesOfNumbers = fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }), { maxLength: 12 });
const paging = fc.record({ start: fc.integer({ min: -3, max: 40 }), count: fc.integer({ min: -9, max: 9 }) });

test('a window is what slicing everything gives, sorted or not', async () => {
  await fc.assert(
    fc.asyncProperty(pagesOfNumbers, paging, async (numbers, options) => {
      const pages = numbers.map((page) => page.map((n) => numbered(n)));
      const window = windowOf(options);
      const slice = (all: readonly number[]) => all.slice(window.from, window.to);
      const { profiles: inOrder } = await takeInOrder(countedPages(pages).pages, window, unchanged);
      expect(inOrder.map(({ createdAtMs }) => createdAtMs)).toEqual(slice(numbers.flat()));
      const { profiles: sorted } = await takeSorted(countedPages(pages).pages, window, unchanged, byCreation);
      expect(sorted.map(({ createdAtMs }) => createdAtMs)).toEqual(slice(numbers.flat().toSorted((a, b) => a - b)));
    }),
  );
});

const large = (n: number) => numbered(n, { text: 'x'.repeat(1_000_000) });
const largePages = (count: number) => countedPages(Array.from({ length: count }, (_, n) => [large(n)]));

test('a list in order is refused as soon as it is larger than an answer', async () => {
  const counted = largePages(50);
  await expect(takeInOrder(counted.pages, windowOf({}), unchanged)).rejects.toMatchObject(tooLarge);
  expect(counted.read).toBe(6);
});

test('what counts is what is shown, not what was read', async () => {
  const show = (profile: ReturnType<typeof numbered>) => ({ ...profile, attributes: new Map() });
  expect((await takeInOrder(largePages(50).pages, windowOf({}), show)).profiles).toHaveLength(50);
  const window = windowOf({ start: 40, count: 5 });
  expect((await takeInOrder(largePages(50).pages, window, unchanged)).profiles).toHaveLength(5);
});

test('a sort is refused when it would hold too much, not before', async () => {
  const counted = largePages(50);
  const order = comparator('username', 'ASC');
  await expect(takeSorted(counted.pages, windowOf({}), unchanged, order)).rejects.toMatchObject(tooLarge);
  expect(counted.read).toBe(32);
  const { profiles } = await takeSorted(largePages(50).pages, windowOf({ count: 20 }), unchanged, order);
  expect(profiles).toHaveLength(20);
});
