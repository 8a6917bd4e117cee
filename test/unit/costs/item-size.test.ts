import { itemBytes } from '../../../bench/costs/item-size.ts';

test.each([
  ['names and texts in UTF-8', { pk: 'A', name: 'Zoë' }, 2 + 1 + 4 + 4],
  ['a flag', { enabled: true }, 7 + 1],
  ['nothing', { email: null }, 5 + 1],
  ['two digits a byte, and one more', { n: 12_345 }, 1 + 3 + 1],
  ['zeros at the end, which take nothing', { n: 1_700_000_000_000 }, 1 + 1 + 1],
  ['a negative number', { n: -12 }, 1 + 1 + 1 + 1],
  ['a fraction', { n: 0.05 }, 1 + 1 + 1],
  ['a set', { roles: new Set(['A', 'BC']) }, 5 + 3],
  ['a list', { list: ['A', true] }, 4 + 3 + 1 + 1 + 1 + 1],
  ['a map', { map: { a: 'xyz' } }, 3 + 3 + 1 + 1 + 3],
])('%s', (_, item, bytes) => {
  expect(itemBytes(item)).toBe(bytes);
});
