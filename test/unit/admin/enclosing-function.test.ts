import { enclosingFunction } from '../../../lib/admin/enclosing-function.ts';

const source = `const top = outer(1);
function plain() { return one(2); }
export const arrow = () => one(3);
class Store {
  #inner() { return one(4); }
  get size() { return one(5); }
  constructor() { one(6); }
  field = () => one(7);
}
const table = { entry: () => one(8), method() { return one(9); } };
async function* holder() { yield [1].map((each) => one(10)); }
export default () => one(11);
`;

test.each([
  [1, undefined],
  [2, 'plain'],
  [3, 'arrow'],
  [4, 'Store.#inner'],
  [5, 'Store.size'],
  [6, 'new Store'],
  [7, 'field'],
  [8, 'entry'],
  [9, 'method'],
  [10, 'holder'],
  [11, undefined],
])('call %i is made in %s', (call, name) => {
  const at = source.indexOf(`(${call})`);
  const before = source.slice(0, at).split('\n');
  expect(enclosingFunction(source, before.length - 1, before.at(-1)?.length ?? 0)).toBe(name);
});

test.each([
  [99, 0],
  [0, 9999],
  [99, 9999],
])('line %i, column %i of a short source is in no function', (line, column) => {
  expect(enclosingFunction('const a = 1;', line, column)).toBeUndefined();
});

test('text that is no source has no functions', () => {
  expect([enclosingFunction('', 0, 0), enclosingFunction('}{)(', 0, 2)]).toEqual([undefined, undefined]);
});
