import { announcementOf } from '../../run/announce.ts';

const announcement = { measuredSeconds: 110, besides: 'the long ones: npm run test:long' };

test('the first run says what all files took where they were measured', () => {
  expect(announcementOf(178, 0, announcement)).toBe(
    '178 files of tests, about 2 minutes on two quiet cores; the long ones: npm run test:long',
  );
});

test.each([
  [20, 'about 20 seconds'],
  [89, 'about 89 seconds'],
  [160, 'about 3 minutes'],
])('later ones say what it took here: %d seconds', (seconds, words) => {
  expect(announcementOf(178, seconds, announcement)).toBe(
    `178 files of tests, ${words}, as last time here; the long ones: npm run test:long`,
  );
});
