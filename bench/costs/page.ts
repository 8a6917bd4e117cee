import { table } from '../statistics.ts';
import { type Basis, quantitiesOf, usdOfAll } from './bill.ts';
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

function assumptionsTable(): string {
  const rows = Object.entries(basis.usage.assumptions).map(([name, { value, meaning }]) => [
    `\`${name}\``,
    value,
    meaning,
  ]);
  return table(['assumption', 'value', 'meaning'], rows);
}

function itemsTable(): string {
  const rows = Object.entries(basis.usage.itemsOfUser).map(([kind, count]) => {
    const item = basis.measured.items[kind];
    return [kind, count, item?.bytes ?? '', item?.indexEntries.join(' + ') ?? '', item?.backedUp ? 'yes' : 'no'];
  });
  return table(['item', 'of a user', 'bytes', 'in indexes', 'recovery'], rows);
}

function pricesTable(): string {
  const rows = paidFor.map((item) => {
    const { service, name, unit, per, usd, page, asOf, seenIn } = basis.prices.prices[item];
    const units = per === 1 ? unit : `${per.toLocaleString('en')} ${unit}`;
    return [`[${service}](${page}): ${name}`, usd, units, asOf, seenIn];
  });
  return `Looked up on ${basis.prices.lookedUpOn}.\n\n${table(['price', 'USD', 'for', 'as of', 'seen in'], rows)}`;
}

/** The made parts of `docs/costs.md`, by the names of their marks. */
const sections: Readonly<Record<string, (results: string) => string>> = {
  summary,
  bill: () => billTable(basis, SIZES),
  calls: () => callsTable(basis),
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
