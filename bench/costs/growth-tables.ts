import { table } from '../statistics.ts';
import { type Basis, usdOf } from './bill.ts';
import { shownAmount, shownCount, shownUsd } from './format.ts';

/** For how long a read may go on before it is refused (contract 9.1 #53), in ms. */
const READ_LIMIT_MS = 24_000;
const SMALL = 10_000;
const LARGE = 1_000_000;

interface Point {
  readonly profiles: number;
  readonly amount: number;
}

/** Milliseconds of every read of a tenant, by its name and in tenants of growing size: the table of `bench/RESULTS.md`. */
export function timesIn(results: string): ReadonlyMap<string, readonly Point[]> {
  const [, section = ''] = results.split('| milliseconds |');
  const [head = '', , ...lines] = section.split('\n\n')[0]?.split('\n') ?? [];
  const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim());
  const sizes = cellsOf(head)
    .filter(Boolean)
    .map((size) => Number(size.replaceAll(',', '')));
  return new Map(
    lines.map((line) => {
      const [, name = '', ...cells] = cellsOf(line);
      return [name, sizes.map((profiles, at) => ({ profiles, amount: Number(cells[at]) }))];
    }),
  );
}

/** At `LARGE`, on the straight line through the two largest tenants that were measured. */
function atLarge(points: readonly Point[]): number {
  const [one, other] = points.toSorted((a, b) => a.profiles - b.profiles).slice(-2);
  if (one === undefined || other === undefined) throw new Error('A read must be measured in two tenants');
  const slope = (other.amount - one.amount) / (other.profiles - one.profiles);
  return other.amount + slope * (LARGE - other.profiles);
}

/** A read of a tenant of `LARGE` profiles, as far as it comes. */
export function readAtLarge(reads: readonly Point[], times: readonly Point[]) {
  const [units, ms] = [atLarge(reads), atLarge(times)];
  if (ms <= READ_LIMIT_MS) return { units, ms, profiles: LARGE, refused: false };
  const share = READ_LIMIT_MS / ms;
  return { units: units * share, ms: READ_LIMIT_MS, profiles: LARGE * share, refused: true };
}

const seconds = (ms: number) => (ms < 100 ? 'under 0.1' : (ms / 1000).toFixed(ms < 10_000 ? 1 : 0));

const amountIn = (points: readonly Point[], size: number) =>
  points.find(({ profiles }) => profiles === size)?.amount ?? Number.NaN;

/** What lists, counts and queries of a tenant cost in a small and in a large tenant; `results` is the text of `bench/RESULTS.md`. */
export function tenantReadsTable({ prices, measured }: Basis, results: string): string {
  const times = timesIn(results);
  const rows = Object.entries(measured.tenantReads).map(([name, counted]) => {
    const reads = counted.map((point) => ({ profiles: point.profiles, amount: point.reads }));
    const large = readAtLarge(reads, times.get(name) ?? []);
    const usd = usdOf(prices, 'storeReads', large.units);
    return [
      name,
      shownAmount(amountIn(reads, SMALL)),
      seconds(amountIn(times.get(name) ?? [], SMALL)),
      shownAmount(large.units),
      large.refused ? `none after 24: some ${shownAmount(large.profiles)} read` : seconds(large.ms),
      usd < 0.00005 ? 'under 0.0001' : usd.toFixed(4),
    ];
  });
  const [small, large] = [SMALL, LARGE].map((size) => `${shownCount(size)} profiles`);
  return table(['read', `units, ${small}`, 'seconds', `units, ${large}`, 'seconds', 'USD a call'], rows);
}

/** What the worker consumes after a change of a tenant. */
export function sweepsTable({ prices, measured }: Basis): string {
  const rows = Object.entries(measured.sweeps).map(([name, { reads, writes, bucketPuts }]) => {
    const usd = (profiles: number) =>
      usdOf(prices, 'storeReads', reads * profiles) +
      usdOf(prices, 'storeWrites', writes * profiles) +
      usdOf(prices, 'bucketPuts', bucketPuts * profiles);
    return [name, reads, writes, bucketPuts, shownUsd(usd(SMALL)), shownUsd(usd(LARGE))];
  });
  const sizes = [SMALL, LARGE].map((profiles) => `USD, ${shownCount(profiles)} profiles`);
  return table(['for each profile', 'read units', 'write units', 'S3 lists', ...sizes], rows);
}
