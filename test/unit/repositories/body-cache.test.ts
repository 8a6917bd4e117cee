import { BodyCache } from '../../../functions/shared/repositories/dynamodb/body-cache.ts';

const KB = 1024;
const text = 'x'.repeat(KB);

const keeping = (names: readonly string[], kept: BodyCache<string>) =>
  names.filter((name) => kept.get(name) !== undefined);

test('keeps one body a name, the last one', () => {
  const cache = new BodyCache<string>(10 * KB);
  cache.set('a', { version: '1', body: 'first' }, text);
  cache.set('a', { version: '2', body: 'second' }, text);
  expect(cache.get('a')).toMatchObject({ version: '2', body: 'second' });
  cache.delete('a');
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
});

test('drops what was used longest ago where the texts are more than its bytes', () => {
  const cache = new BodyCache<string>(5 * KB);
  for (const name of ['a', 'b', 'c']) cache.set(name, { version: '1', body: name }, text);
  cache.get('a');
  cache.set('d', { version: '1', body: 'd' }, text);
  expect(keeping(['a', 'b', 'c', 'd'], cache)).toEqual(['a', 'c', 'd']);
});

test('counts what is replaced and deleted no more, and small ones by what they take at least', () => {
  const cache = new BodyCache<string>(5 * KB);
  cache.set('a', { version: '1', body: 'a' }, text);
  for (let version = 0; version < 100; version++) cache.set('b', { version: `${version}`, body: 'b' }, text);
  expect(keeping(['a', 'b'], cache)).toEqual(['a', 'b']);
  for (let index = 0; index < 100; index++) cache.set(`n${index}`, { version: undefined, body: undefined }, '');
  expect(
    keeping(
      Array.from({ length: 100 }, (_, index) => `n${index}`),
      cache,
    ),
  ).toHaveLength(9);
});

test('keeps nothing that is larger than all of it, and counts bytes and lists, not letters', () => {
  const cache = new BodyCache<string>(5 * KB);
  cache.set('small', { version: '1', body: '' }, text);
  cache.set('wide', { version: '1', body: '' }, 'ü'.repeat(3 * KB));
  expect(keeping(['small', 'wide'], cache)).toEqual([]);
  cache.set('lists', { version: '1', body: '' }, `[${'[],'.repeat(100)}[]]`);
  expect(keeping(['lists'], cache)).toEqual([]);
});
