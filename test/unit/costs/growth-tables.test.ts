import { readFileSync } from 'node:fs';
import { readAtLarge, timesIn } from '../../../bench/costs/growth-tables.ts';
import { basis } from '../../../bench/costs/page.ts';

const points = (...amounts: readonly (readonly [profiles: number, amount: number])[]) =>
  amounts.map(([profiles, amount]) => ({ profiles, amount }));

test('what grows is reckoned on a straight line through the two largest tenants', () => {
  const reads = points([10, 3], [1000, 22], [10_000, 202]);
  expect(readAtLarge(reads, points([10_000, 110], [100_000, 1010]))).toEqual({
    units: 20_002,
    ms: 10_010,
    profiles: 1_000_000,
    refused: false,
  });
});

test('what takes longer than a read may is refused half way, and paid as far as it came', () => {
  const reads = points([1000, 1000], [10_000, 10_000]);
  expect(readAtLarge(reads, points([10_000, 480], [100_000, 4800]))).toEqual({
    units: 500_000,
    ms: 24_000,
    profiles: 500_000,
    refused: true,
  });
});

test('what has a key stays as it is', () => {
  expect(readAtLarge(points([1000, 4], [10_000, 4]), points([10_000, 3], [100_000, 3]))).toMatchObject({
    units: 4,
    ms: 3,
  });
});

test('every read of a tenant has its time in the results of the measurements', () => {
  const times = timesIn(readFileSync('bench/RESULTS.md', 'utf8'));
  expect([...times.keys()]).toEqual(Object.keys(basis.measured.tenantReads));
  for (const measured of times.values()) {
    expect(measured.map(({ profiles }) => profiles)).toEqual(expect.arrayContaining([10_000, 100_000]));
    for (const { amount } of measured) expect(amount).not.toBeNaN();
  }
});
