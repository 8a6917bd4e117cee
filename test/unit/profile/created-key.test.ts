import fc from 'fast-check';
import { createdKeyFrom, createdKeyOf, idOfCreatedKey } from '../../../functions/shared/domain/profile/created-key.ts';

const LIMIT = 8_640_000_000_000_000;
const times = fc.integer({ min: -LIMIT, max: LIMIT });

test('keys sort as the times do, before 1970 and beyond thirteen digits too', () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [first, second] = [createdKeyFrom(a), createdKeyFrom(b)];
      expect(first < second).toBe(a < b);
    }),
    {
      examples: [
        [-1, 0],
        [9_999_999_999_999, 10_000_000_000_000],
        [-LIMIT, LIMIT],
        [0, 1],
      ],
    },
  );
});

test('a time of thirteen digits is its own key, as it always was', () => {
  expect(createdKeyFrom(1_495_733_716_000)).toBe('1495733716000');
  expect(createdKeyFrom(5)).toBe('0000000000005');
});

test('the id of the profile is the end of its key', () => {
  fc.assert(
    fc.property(times, (createdAtMs) =>
      expect(idOfCreatedKey(createdKeyOf({ id: 'an-id', createdAtMs }))).toBe('an-id'),
    ),
  );
});
