import { table } from '../statistics.ts';
import {
  type Basis,
  billedMs,
  measuredCall,
  quantitiesOf,
  quantitiesOfCall,
  quantitiesOfCalls,
  usdOf,
  usdOfAll,
} from './bill.ts';
import { paidFor } from './data.ts';
import { shownAmount, shownCount, shownShare, shownUsd } from './format.ts';

const MILLION = 1_000_000;

/** What is paid for in a month, with so many users: units and dollars for each number of them, and each line's share of the last. */
export function billTable(basis: Basis, sizes: readonly number[]): string {
  const bills = sizes.map((users) => quantitiesOf(basis, users));
  const totals = bills.map((quantities) => usdOfAll(basis.prices, quantities));
  const rows = paidFor.map((item) => {
    const { service, unit } = basis.prices.prices[item];
    const usd = bills.map((quantities) => usdOf(basis.prices, item, quantities[item] ?? 0));
    const cells = bills.flatMap((quantities, at) => [shownAmount(quantities[item] ?? 0), shownUsd(usd[at] ?? 0)]);
    return [`${service}: ${unit}`, ...cells, shownShare(usd.at(-1) ?? 0, totals.at(-1) ?? 0)];
  });
  const total = ['**Together**', ...totals.flatMap((usd) => ['', `**${shownUsd(usd)}**`]), ''];
  const head = ['a month', ...sizes.flatMap((users) => [`${shownCount(users)} users`, 'USD']), 'share'];
  return table(head, [...rows, total]);
}

/** What each kind of call of the usage profile costs, the dearest for a user first; storage and what stands still come on top. */
export function callsTable(basis: Basis): string {
  const { callsOfUser } = basis.usage;
  const rows = Object.entries(callsOfUser).map(([operation, { calls, for: purpose }]) => {
    const call = measuredCall(basis, operation);
    const usd = usdOfAll(basis.prices, quantitiesOfCall(basis, operation));
    const usdOfUser = usdOfAll(basis.prices, quantitiesOfCalls(basis, operation));
    return { operation, calls, purpose, call, ms: billedMs(basis, call), usd, usdOfUser };
  });
  const all = rows.reduce((total, { usdOfUser }) => total + usdOfUser, 0);
  const dearestFirst = rows.toSorted((one, other) => other.usdOfUser - one.usdOfUser);
  return table(
    ['operation', 'calls of a user', 'trips', 'read units', 'write units', 'ms billed', 'USD for a million', 'share'],
    dearestFirst.map(({ operation, calls, purpose, call, ms, usd, usdOfUser }) => [
      `\`${operation}\`: ${purpose}`,
      calls,
      call.trips,
      call.reads,
      call.writes,
      ms.toFixed(0),
      shownUsd(usd * MILLION),
      shownShare(usdOfUser, all),
    ]),
  );
}

/** Which lines of the bill make most of it. */
export function largestLines(basis: Basis, users: number): string {
  const quantities = quantitiesOf(basis, users);
  const total = usdOfAll(basis.prices, quantities);
  const lines = paidFor.map((item) => ({
    item,
    share: usdOf(basis.prices, item, quantities[item] ?? 0) / total,
  }));
  const most = lines.toSorted((one, other) => other.share - one.share).slice(0, 4);
  const named = most.map(({ item, share }) => {
    const { service, unit } = basis.prices.prices[item];
    return `${service}'s ${unit} (${(100 * share).toFixed(0)} %)`;
  });
  return named.join(', ');
}
