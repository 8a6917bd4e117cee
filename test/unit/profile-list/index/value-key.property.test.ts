import fc from 'fast-check';
import {
  rangeBetween,
  rangeOfPrefix,
  rangeOfValue,
  sideOf,
} from '../../../../functions/shared/domain/profile-list/index/key-ranges.ts';
import { SEPARATOR } from '../../../../functions/shared/domain/profile-list/index/placed-key.ts';
import { isWhole, valueKeyOf } from '../../../../functions/shared/domain/profile-list/index/value-key.ts';
import {
  compareText,
  compareValues,
  typeRank,
} from '../../../../functions/shared/domain/profile-list/query/compare.ts';
import { numberOf } from '../../../../functions/shared/domain/values/exact-number.ts';
import { runs } from '../../../support/thoroughness.ts';

const digits = fc
  .array(fc.constantFrom('0', '1', '9', '5'), { minLength: 1, maxLength: 25 })
  .map((each) => each.join(''));
const written = fc
  .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -400, max: 280 })))
  .map(([sign, whole, fraction, power]) =>
    numberOf(
      `${sign}${whole.replace(/^0+(?=.)/, '')}${fraction === null ? '' : `.${fraction}`}${power === null ? '' : `e${power}`}`,
    ),
  );
const number = fc.oneof(
  written,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc
    .constantFrom('1e-200000', '-2e-200000', `0.${'1'.repeat(950)}`, `0.${'1'.repeat(951)}`, `-0.${'1'.repeat(950)}`)
    .map(numberOf),
);
const unit = fc.constantFrom(
  '\u0000',
  '\u0001',
  '\u0002',
  'a',
  'b',
  'é',
  '\ud7ff',
  '\uffee',
  '\u{1f600}',
  '\u{10ffff}',
);
const text = fc.oneof(
  fc.array(unit, { maxLength: 5 }).map((each) => each.join('')),
  fc
    .tuple(
      fc.constantFrom('x', '\u0000', 'é', '\u{1f600}'),
      fc.integer({ min: 440, max: 901 }),
      fc.array(unit, { maxLength: 4 }),
    )
    .map(([one, count, end]) => one.repeat(count) + end.join('')),
);
const value = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.constant({ a: 1 }),
  fc.constant([1]),
);

/** As the store orders keys. */
const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sign = (order: number) => Math.sign(order);

test('keys are in the order of the values, and whole ones are equal only of equal values', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [valueKeyOf(a), valueKeyOf(b)];
      const order = compareBytes(left, right);
      if (order !== 0) expect(sign(order)).toBe(sign(compareValues(a, b)));
      else if (isWhole(left)) expect(compareValues(a, b)).toBe(0);
      if (compareValues(a, b) === 0) expect(left).toBe(right);
    }),
    { numRuns: runs(50_000) },
  );
});

test('keys of numbers that lie close together are in their order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 2, maxLength: 20 }), (numbers) => {
      const byKey = numbers.toSorted((a, b) => compareBytes(valueKeyOf(a), valueKeyOf(b)));
      for (const [at, lower] of byKey.entries()) {
        const higher = byKey[at + 1];
        if (higher === undefined || !isWhole(valueKeyOf(lower))) continue;
        expect(compareValues(lower, higher)).toBeLessThanOrEqual(0);
      }
    }),
    { numRuns: runs(5_000) },
  );
});

test('with what tells entries apart, keys stay in order and fit into the store', () => {
  const entryOf = (key: string) => `${key}${SEPARATOR}1500000000000#66a1f0c2b7e34d0011223344`;
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [valueKeyOf(a), valueKeyOf(b)];
      expect(sign(compareBytes(entryOf(left), entryOf(right)))).toBe(sign(compareBytes(left, right)));
      expect(sign(compareText(left, right))).toBe(sign(compareBytes(left, right)));
      expect(Buffer.byteLength(entryOf(left))).toBeLessThanOrEqual(1024);
    }),
    { numRuns: runs(20_000) },
  );
});

const operator = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const inRange = (order: number, by: string) =>
  (by.startsWith('$g') ? order > 0 : order < 0) || (order === 0 && by.endsWith('e'));

test('a range of keys holds every value that meets its bounds', () => {
  fc.assert(
    fc.property(value, fc.array(fc.record({ operator, value }), { minLength: 1, maxLength: 3 }), (one, bounds) => {
      const range = rangeBetween(bounds);
      const meets = bounds.every(
        (bound) => typeRank(one) === typeRank(bound.value) && inRange(compareValues(one, bound.value), bound.operator),
      );
      if (range !== undefined && meets) expect(sideOf(range, `${valueKeyOf(one)}${SEPARATOR}x`)).toBe('within');
    }),
    { numRuns: runs(20_000) },
  );
});

test('the range of a value holds it, and one of a prefix all texts that begin so', () => {
  fc.assert(
    fc.property(value, text, text, (one, begin, end) => {
      const range = rangeOfValue(one);
      if (range !== undefined) expect(sideOf(range, `${valueKeyOf(one)}${SEPARATOR}x`)).toBe('within');
      const entry = `${valueKeyOf(begin + end)}${SEPARATOR}x`;
      expect(sideOf(rangeOfPrefix(begin), entry)).toBe('within');
    }),
    { numRuns: runs(20_000) },
  );
});
