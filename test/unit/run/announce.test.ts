import { announcementOf } from '../../run/announce.ts';

test.each([
  [20, 'about 20 seconds'],
  [89, 'about 89 seconds'],
  [110, 'about 2 minutes'],
  [160, 'about 3 minutes'],
])('a run of %d seconds says how much there is, and about how long it takes', (measuredSeconds, words) => {
  expect(announcementOf(178, { measuredSeconds, besides: 'the long ones: npm run test:long' })).toBe(
    `178 files of tests, ${words} on two quiet cores; the long ones: npm run test:long`,
  );
});
