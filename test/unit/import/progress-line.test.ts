import { progressText } from '../../../lib/import/progress-line.ts';

const megabyte = 1_000_000;

test.each([
  [{ profiles: 0, readBytes: 0, allBytes: megabyte }, 500, '0 profiles (0/s), 0 % of the files'],
  [
    { profiles: 2000, readBytes: megabyte / 4, allBytes: megabyte },
    4000,
    '2,000 profiles (500/s), 25 % of the files, 12 s left',
  ],
  [
    { profiles: 90_000, readBytes: megabyte / 2, allBytes: megabyte },
    600_000,
    '90,000 profiles (150/s), 50 % of the files, 10 min left',
  ],
  [
    { profiles: 10, readBytes: 2 * megabyte, allBytes: megabyte },
    4000,
    '10 profiles (3/s), 100 % of the files, 0 s left',
  ],
  [{ profiles: 0, readBytes: 0, allBytes: 0 }, 4000, '0 profiles (0/s), 0 % of the files'],
])('%j after %i ms is told as "%s"', (heard, elapsedMs, text) => {
  expect(progressText(heard, elapsedMs)).toBe(text);
});
