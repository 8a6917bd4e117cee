import fc from 'fast-check';
import {
  type KeyRange,
  restOfSpan,
  sideOf,
  spanOf,
} from '../../../../functions/shared/domain/profile-list/index/key-ranges.ts';
import { compareText } from '../../../../functions/shared/domain/profile-list/query/compare.ts';

const MOST_KEY_BYTES = 1024;
const unit = fc.constantFrom('\u0000', '\u0001', 'a', '\u007f', 'é', '\u07ff', '€', '\uffff', '😀', '\u{10ffff}');
const text = fc.string({ unit, maxLength: 6 });
/** As long as the store takes, or a few bytes less. */
const long = fc.tuple(text, unit, text).map(([begin, filler, end]) => {
  const repeats = Math.floor((MOST_KEY_BYTES - Buffer.byteLength(begin + end)) / Buffer.byteLength(filler));
  return begin + filler.repeat(repeats) + end;
});
const key = fc.oneof(text, long);

const isWithin = ({ from, below }: { from: string; below: string }, one: string) =>
  compareText(from, one) <= 0 && compareText(one, below) <= 0;

test('the span of a prefix holds the keys that begin so, and no other', () => {
  fc.assert(
    fc.property(text, key, (prefix, other) => {
      const own = [...(prefix + other)];
      while (Buffer.byteLength(own.join('')) > MOST_KEY_BYTES) own.pop();
      for (const one of [own.join(''), other])
        expect([one, isWithin(spanOf({ prefix }), one)]).toEqual([one, one.startsWith(prefix)]);
      expect(Buffer.byteLength(spanOf({ prefix }).below)).toBe(MOST_KEY_BYTES);
    }),
    { numRuns: 2000 },
  );
});

test('what is left of a range from a key on is what follows it in its order', () => {
  const range = fc.oneof(
    text.map((prefix): KeyRange => ({ prefix })),
    fc.tuple(text, text).map(([from, below]): KeyRange => ({ from, below })),
  );
  fc.assert(
    fc.property(range, key, key, (of, start, other) => {
      fc.pre(sideOf(of, start) === 'within');
      const follows = compareText(other, start);
      const isInRange = sideOf(of, other) === 'within';
      expect(isWithin(restOfSpan(spanOf(of), start, 'ASC'), other)).toBe(isInRange && follows >= 0);
      expect(isWithin(restOfSpan(spanOf(of), start, 'DESC'), other)).toBe(isInRange && follows <= 0);
    }),
    { numRuns: 2000 },
  );
});
