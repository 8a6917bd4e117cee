import fc from 'fast-check';
import { ApiError } from '../../../functions/shared/errors/api-error.ts';
import {
  flag,
  list,
  optionalFlag,
  optionalInteger,
  optionalSortOrder,
  type Parameter,
  text,
} from '../../../functions/shared/http/parameters.ts';

const read = <Value>(parameter: Parameter<Value>, ...occurrences: string[]) => parameter.read('x', occurrences);

test.each([
  [['a'], 'a'],
  [[''], ''],
  [['a', 'b', ''], 'a,b,'],
])('a string of %j', (occurrences, value) => {
  expect(read(text(''), ...occurrences)).toBe(value);
});

test.each([
  [['A, B'], ['A', 'B']],
  [[''], []],
  [[' '], []],
  [[',A,,'], ['A']],
  [
    ['A,B', ' C '],
    ['A,B', ' C '],
  ],
  [
    ['', ''],
    ['', ''],
  ],
])('a list of %j', (occurrences, value) => {
  expect(read(list(''), ...occurrences)).toEqual(value);
});

test.each([
  ...['true', 'on', 'yes', '1', 'TRUE', 'Yes'].map((word) => [word, true] as const),
  ...['false', 'off', 'no', '0', 'False', 'OFF'].map((word) => [word, false] as const),
])('a flag "%s"', (word, value) => {
  expect([read(flag(''), word), read(optionalFlag(''), word)]).toEqual([value, value]);
});

test.each(['2', 'y', 't', ' true', 'true ', 'null', 'wahr'])('no flag "%s"', (word) => {
  for (const parameter of [flag(''), optionalFlag('')])
    expect(() => read(parameter, word)).toThrow(new ApiError('invalidRequest', 'Parameter "x" must be true or false'));
});

test('an empty flag is wrong where it is required, absent where it is not', () => {
  expect(() => read(flag(''), '')).toThrow(ApiError);
  expect(read(optionalFlag(''), '')).toBeUndefined();
});

test.each([
  ['0', 0],
  ['-5', -5],
  ['+7', 7],
  [' 12 ', 12],
  ['', undefined],
  ['2147483647', 2_147_483_647],
])('an integer "%s"', (word, value) => {
  expect(read(optionalInteger(''), word)).toBe(value);
});

test.each(['1.5', '1e3', '0x10', 'one', '--1', '99999999999', '１'])('no integer "%s"', (word) => {
  expect(() => read(optionalInteger(''), word)).toThrow(
    new ApiError('invalidRequest', 'Parameter "x" must be an integer'),
  );
});

test('a sort order is exactly ASC or DESC, empty is absent', () => {
  expect(['ASC', 'DESC', ''].map((word) => read(optionalSortOrder(''), word))).toEqual(['ASC', 'DESC', undefined]);
  for (const word of ['asc', 'Desc', 'ASC ', 'ASC,ASC'])
    expect(() => read(optionalSortOrder(''), word)).toThrow(
      new ApiError('invalidRequest', 'Parameter "x" must be ASC or DESC'),
    );
});

test('whatever comes, a value or a 400 comes out', () => {
  const parameters = [text(''), list(''), flag(''), optionalFlag(''), optionalInteger(''), optionalSortOrder('')];
  fc.assert(
    fc.property(
      fc.constantFrom(...parameters),
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
      (one, given) => {
        try {
          one.read('x', given);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalidRequest' });
        }
      },
    ),
  );
});

test('a list that was joined with commas is read back', () => {
  const word = fc.stringMatching(/^[^,\s]+$/);
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(read(list(''), words.join(','))).toEqual(words);
    }),
  );
});
