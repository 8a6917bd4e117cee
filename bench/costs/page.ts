import { optionsFrom } from '../../lib/options.ts';
import { table } from '../statistics.ts';
import { type Basis, quantitiesOf, quantitiesOfCall, usdOfAll } from './bill.ts';
import { billTable, callsTable, largestLines } from './bill-tables.ts';
import { measurements, paidFor, priceList, usageProfile } from './data.ts';
import { shownUsd } from './format.ts';
import { sweepsTable, tenantReadsTable } from './growth-tables.ts';
import measuredFile from './measured.json' with { type: 'json' };
import pricesFile from './prices.json' with { type: 'json' };
import usageFile from './usage.json' with { type: 'json' };

/** What `bench/costs/*.json` say. */
export const basis: Basis = {
  prices: priceList.parse(pricesFile),
  usage: usageProfile.parse(usageFile),
  measured: measurements.parse(measuredFile),
};

const SIZES = [10_000, 1_000_000];
const LARGEST = 1_000_000;

function summary(): string {
  const usd = (users: number) => usdOfAll(basis.prices, quantitiesOf(basis, users));
  const [small = 0, large = 0] = SIZES.map(usd);
  return `**${shownUsd(small)} USD a month for 10,000 users, ${shownUsd(large)} USD for 1,000,000**, which is ${shownUsd((large / LARGEST) * 1000)} USD for a thousand;
${shownUsd(usd(0))} USD where nobody calls and nothing is stored. Prices of ${basis.prices.region}, on demand, without any free tier. The largest lines: ${largestLines(basis, LARGEST)}.`;
}

const SECONDS_OF_DAY = 86_400;
const { requestsPerSecond, passwordRequestsPerSecond } = optionsFrom(() => undefined);

/** What a route costs that is called as often as it may be. */
function flood(): string {
  const usdOfDay = (operation: string, perSecond: number) =>
    shownUsd(usdOfAll(basis.prices, quantitiesOfCall(basis, operation)) * perSecond * SECONDS_OF_DAY);
  return `Where nothing is set, an endpoint takes ${requestsPerSecond.toLocaleString('en')} requests a second and one that hashes passwords ${passwordRequestsPerSecond}. A whole day of that costs ${usdOfDay('getProfile', requestsPerSecond)} USD
at the price of \`getProfile\`, ${usdOfDay('authenticate', passwordRequestsPerSecond)} USD at that of \`authenticate\`, for each such endpoint; less where calls are refused.`;
}

function assumptionsTable(): string {
  const rows = Object.entries(basis.usage.assumptions).map(([name, { value, meaning }]) => [
    `\`${name}\``,
    meaning,
    value.toLocaleString('en'),
  ]);
  return table(['assumption', 'meaning', 'value'], rows, 2);
}

function itemsTable(): string {
  const rows = Object.entries(basis.usage.itemsOfUser).map(([kind, count]) => {
    const item = basis.measured.items[kind];
    return [
      kind,
      item?.backedUp ? 'yes' : 'no',
      count,
      item?.bytes ?? '',
      Object.values(item?.indexEntries ?? {}).join(' + '),
    ];
  });
  return table(['item', 'recovery', 'of a user', 'bytes', 'in indexes'], rows, 2);
}

function pricesTable(): string {
  const rows = paidFor.map((item) => {
    const { service, unit, terms, per, usd, page, asOf, seenIn } = basis.prices.prices[item];
    const units = `${per === 1 ? '' : `${per.toLocaleString('en')} `}${unit}`;
    return [`[${service}](${page})`, units, terms, asOf, seenIn, usd];
  });
  const { lookedUpOn } = basis.prices;
  return `Looked up on ${lookedUpOn}.\n\n${table(['service', 'for', 'which', 'as of', 'seen in', 'USD'], rows, 5)}`;
}

/** The made parts of `docs/costs.md`, by the names of their marks. */
const sections: Readonly<Record<string, (results: string) => string>> = {
  summary,
  bill: () => billTable(basis, SIZES),
  calls: () => callsTable(basis),
  flood,
  items: itemsTable,
  'tenant-reads': (results) => tenantReadsTable(basis, results),
  sweeps: () => sweepsTable(basis),
  assumptions: assumptionsTable,
  prices: pricesTable,
};

function withSection(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`The page has no section ${open}`);
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** The page with its made parts as they ought to be, some of them from the text of `bench/RESULTS.md`; throws where one has no marks. */
export const freshPage = (page: string, results: string): string =>
  Object.entries(sections).reduce((text, [name, make]) => withSection(text, name, make(results)), page);
