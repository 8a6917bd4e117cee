import {
  type MeasuredCall,
  type Measurements,
  type PaidFor,
  type PriceList,
  paidFor,
  type UsageProfile,
} from './data.ts';
import { STORAGE_OVERHEAD_BYTES } from './item-size.ts';

/** What everything is reckoned from. */
export interface Basis {
  readonly prices: PriceList;
  readonly usage: UsageProfile;
  readonly measured: Measurements;
}

/** Units of what is paid for; what is absent is 0. */
export type Quantities = Readonly<Partial<Record<PaidFor, number>>>;

const GB = 1_000_000_000;
const METERED_BYTES = 512 * 1024;
const WHOLE_VCPU_MB = 1769;
const MB_OF_GB = 1024;
const DAYS_OF_MONTH = 30;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** All of them together. */
export function together(all: readonly Quantities[]): Quantities {
  return Object.fromEntries(paidFor.map((item) => [item, sum(all.map((quantities) => quantities[item] ?? 0))]));
}

/** So many times as much. */
export function times(quantities: Quantities, factor: number): Quantities {
  return Object.fromEntries(paidFor.map((item) => [item, (quantities[item] ?? 0) * factor]));
}

/** US dollars for so much of one thing. */
export function usdOf({ prices }: PriceList, item: PaidFor, quantity: number): number {
  const { usd, per } = prices[item];
  return (quantity / per) * usd;
}

/** US dollars for everything. */
export const usdOfAll = (prices: PriceList, quantities: Quantities): number =>
  sum(paidFor.map((item) => usdOf(prices, item, quantities[item] ?? 0)));

/** What was counted while an operation's example ran. */
export function measuredCall({ measured }: Basis, operation: string): MeasuredCall {
  const call = measured.calls[operation];
  if (call === undefined) throw new Error(`There is no operation ${operation}`);
  return call;
}

/** What a usage profile names that nobody has measured, in words; empty where all is known. */
export function unknownNames({ usage, measured }: Basis): string {
  const operations = Object.keys(usage.callsOfUser).filter((name) => measured.calls[name] === undefined);
  const items = Object.keys(usage.itemsOfUser).filter((name) => measured.items[name] === undefined);
  const named = (what: string, names: readonly string[]) => names.map((name) => `There is no ${what} "${name}"`);
  return [...named('operation', operations), ...named('item', items)].join('\n');
}

/** For how long Lambda is paid, in ms: waiting and computing, a start anew spread over all calls. An estimate, from assumptions. */
export function billedMs({ usage: { assumptions } }: Basis, call: MeasuredCall): number {
  const { storeTripMs, bucketCallMs, mailMs, cpuFactor, coldShare, coldMs } = assumptions;
  const waitingMs =
    call.trips * storeTripMs.value +
    (call.bucketPuts + call.bucketGets) * bucketCallMs.value +
    call.mails * mailMs.value;
  const vcpus = Math.min(1, call.memoryMb / WHOLE_VCPU_MB);
  return waitingMs + (call.cpuMs * cpuFactor.value) / vcpus + coldShare.value * coldMs.value;
}

/** What one call takes. */
export function quantitiesOfCall(basis: Basis, operation: string): Quantities {
  const call = measuredCall(basis, operation);
  const { attachmentBytes, answerHeaderBytes, logEventBytes, logCompression, logKeptMonths } = basis.usage.assumptions;
  const uploaded = operation === 'uploadAttachment' ? attachmentBytes.value : 0;
  const answered = call.bucketGets > 0 ? attachmentBytes.value : call.answerBytes;
  const loggedGb = (call.accessLogBytes + logEventBytes.value + call.functionLogBytes) / GB;
  return {
    gatewayRequests: Math.max(1, Math.ceil(Math.max(uploaded, answered) / METERED_BYTES)),
    lambdaRequests: 1,
    lambdaDuration: (billedMs(basis, call) / 1000) * (call.memoryMb / MB_OF_GB),
    storeReads: call.reads,
    storeWrites: call.writes,
    bucketPuts: call.bucketPuts,
    bucketGets: call.bucketGets,
    mails: call.mails,
    logIngestion: loggedGb,
    logStorage: loggedGb * logCompression.value * logKeptMonths.value,
    dataOut: (answered + answerHeaderBytes.value) / GB,
  };
}

/** What the calls of one kind of a user take in a month. */
export const quantitiesOfCalls = (basis: Basis, operation: string): Quantities =>
  times(quantitiesOfCall(basis, operation), basis.usage.callsOfUser[operation]?.calls ?? 0);

/** What is stored of a user, for a month. */
export function quantitiesOfStorage({ usage, measured }: Basis): Quantities {
  const { furtherAttributeBytes, attachmentBytes, attachmentKeptDays } = usage.assumptions;
  const items = Object.entries(usage.itemsOfUser).map(([kind, count]) => {
    const item = measured.items[kind];
    if (item === undefined) throw new Error(`There is no item ${kind}`);
    const bytes = item.bytes + (kind === 'profile' ? furtherAttributeBytes.value : 0) + STORAGE_OVERHEAD_BYTES;
    const indexBytes = sum(Object.values(item.indexEntries).map((entry) => entry + STORAGE_OVERHEAD_BYTES));
    return { stored: count * (bytes + indexBytes), backedUp: item.backedUp ? count * bytes : 0 };
  });
  const uploads = usage.callsOfUser.uploadAttachment?.calls ?? 0;
  const attachments = (usage.itemsOfUser.attachment ?? 0) + (uploads * attachmentKeptDays.value) / DAYS_OF_MONTH;
  return {
    storeStorage: sum(items.map(({ stored }) => stored)) / GB,
    storeRecovery: sum(items.map(({ backedUp }) => backedUp)) / GB,
    bucketStorage: (attachments * attachmentBytes.value) / GB,
  };
}

/** What an installation of so many users takes in a month; without users, what stands still. */
export function quantitiesOf(basis: Basis, users: number): Quantities {
  const calls = Object.keys(basis.usage.callsOfUser).map((operation) => quantitiesOfCalls(basis, operation));
  const ofUser = together([...calls, quantitiesOfStorage(basis)]);
  const { alarms, metrics, idleMetrics } = basis.usage.assumptions;
  const standing = { alarms: alarms.value, metrics: (users > 0 ? metrics : idleMetrics).value };
  return together([times(ofUser, users), standing]);
}
