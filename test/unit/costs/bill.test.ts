import {
  type Basis,
  billedMs,
  measuredCall,
  quantitiesOf,
  quantitiesOfCall,
  unknownNames,
  usdOf,
  usdOfAll,
} from '../../../bench/costs/bill.ts';
import { billTable, callsTable } from '../../../bench/costs/bill-tables.ts';
import { type PaidFor, paidFor } from '../../../bench/costs/data.ts';

const price = (per: number, usd: number) => ({
  ...{ service: 'S', unit: 'units', terms: 'any', page: 'https://aws.example/', asOf: '2026-01', seenIn: 'a test' },
  per,
  usd,
});

const prices: Record<PaidFor, ReturnType<typeof price>> = {
  gatewayRequests: price(1_000_000, 1),
  lambdaRequests: price(1_000_000, 0.2),
  lambdaDuration: price(1, 0.00001),
  storeReads: price(1_000_000, 0.1),
  storeWrites: price(1_000_000, 0.5),
  storeStorage: price(1, 0.25),
  storeRecovery: price(1, 0.2),
  bucketPuts: price(1000, 0.005),
  bucketGets: price(1000, 0.0004),
  bucketStorage: price(1, 0.02),
  mails: price(1000, 0.1),
  logIngestion: price(1, 0.5),
  logStorage: price(1, 0.03),
  alarms: price(1, 0.1),
  metrics: price(1, 0.3),
  dataOut: price(1, 0.1),
};

const value = (number: number) => ({ value: number, meaning: 'as told' });

const call = {
  ...{ memoryMb: 512, trips: 2, reads: 4, writes: 1, bucketPuts: 0, bucketGets: 0, mails: 0 },
  ...{ answerBytes: 600, accessLogBytes: 374, functionLogBytes: 0, cpuMs: 2 },
};

/** Two operations and two kinds of items, with figures that can be reckoned by hand. */
const basis: Basis = {
  prices: { region: 'us-east-1', currency: 'USD', lookedUpOn: '2026-01-01', prices },
  usage: {
    callsOfUser: { getTicket: { calls: 100, for: 'pages' }, uploadAttachment: { calls: 0.5, for: 'avatars' } },
    itemsOfUser: { profile: 1, ticket: 0.5, attachment: 0.25 },
    assumptions: {
      furtherAttributeBytes: value(50),
      attachmentBytes: value(1_000_000),
      attachmentKeptDays: value(30),
      answerHeaderBytes: value(400),
      storeTripMs: value(5),
      bucketCallMs: value(20),
      mailMs: value(100),
      cpuFactor: value(2),
      coldShare: value(0.01),
      coldMs: value(500),
      logEventBytes: value(26),
      logCompression: value(0.2),
      logKeptMonths: value(3),
      alarms: value(7),
      metrics: value(5),
      idleMetrics: value(2),
    },
  },
  measured: {
    machine: 'a test',
    calls: {
      getTicket: call,
      uploadAttachment: { ...call, memoryMb: 1769, trips: 3, bucketPuts: 1, writes: 4, cpuMs: 10 },
    },
    items: {
      profile: { bytes: 450, indexEntries: { byA: 100, byB: 300 }, backedUp: true },
      ticket: { bytes: 200, indexEntries: {}, backedUp: false },
      attachment: { bytes: 300, indexEntries: {}, backedUp: true },
    },
    tenantReads: {},
    sweeps: {},
  },
};

test('Lambda is paid for waiting, for computing at its share of a CPU, and for starts', () => {
  // 2 trips of 5 ms; 2 ms twice, on 512 / 1769 of a CPU; a hundredth of 500 ms.
  expect(billedMs(basis, call)).toBeCloseTo(10 + 4 * (1769 / 512) + 5, 6);
  // 3 trips and one call of S3; 10 ms twice on a whole CPU.
  expect(billedMs(basis, measuredCall(basis, 'uploadAttachment'))).toBeCloseTo(15 + 20 + 20 + 5, 6);
});

test('a call takes what was counted, its log and what leaves AWS', () => {
  expect(quantitiesOfCall(basis, 'getTicket')).toEqual({
    gatewayRequests: 1,
    lambdaRequests: 1,
    lambdaDuration: expect.closeTo(((15 + 4 * (1769 / 512)) / 1000) * 0.5, 9),
    storeReads: 4,
    storeWrites: 1,
    bucketPuts: 0,
    bucketGets: 0,
    mails: 0,
    logIngestion: expect.closeTo(400e-9, 15),
    logStorage: expect.closeTo(240e-9, 15),
    dataOut: expect.closeTo(1000e-9, 15),
  });
});

test('an attachment above 512 KB is several requests', () => {
  expect(quantitiesOfCall(basis, 'uploadAttachment')).toMatchObject({ gatewayRequests: 2, bucketPuts: 1 });
});

test('a bill is what its users do, what is kept of them, the alarms and the metrics', () => {
  const quantities = quantitiesOf(basis, 1000);
  expect(quantities).toMatchObject({
    // 100 page loads, and half an upload that counts twice.
    gatewayRequests: 101_000,
    lambdaRequests: 100_500,
    storeReads: 402_000,
    storeWrites: 102_000,
    bucketPuts: 500,
    // 450 + 50 + 100, the index entries 200 + 400; half of 200 + 100; a quarter of 300 + 100.
    storeStorage: expect.closeTo((1000 * (600 + 600 + 150 + 100)) / 1e9, 12),
    storeRecovery: expect.closeTo((1000 * (600 + 100)) / 1e9, 12),
    // A quarter of a user has one, half a one is replaced and kept for a month.
    bucketStorage: expect.closeTo((1000 * 0.75 * 1_000_000) / 1e9, 9),
    alarms: 7,
    metrics: 5,
  });
  expect(usdOf(basis.prices, 'storeWrites', 102_000)).toBeCloseTo(0.051, 9);
  expect(usdOfAll(basis.prices, { storeWrites: 102_000, alarms: 7 })).toBeCloseTo(0.751, 9);
});

test('without users the alarms are left, and what is published every hour', () => {
  expect(usdOfAll(basis.prices, quantitiesOf(basis, 0))).toBeCloseTo(0.7 + 0.6, 9);
});

test('the tables have a line for all that is paid, and for each call', () => {
  const bill = billTable(basis, [0, 1000]).split('\n');
  expect(bill).toHaveLength(2 + paidFor.length + 1);
  expect(bill[0]).toBe('| a month | 0 users | USD | 1,000 users | USD | share |');
  expect(bill[2 + paidFor.indexOf('alarms')]).toMatch(/^\| S: units \| 7 \| 0\.70 \| 7 \| 0\.70 \| \d+ % \|$/);
  expect(callsTable(basis).split('\n')).toHaveLength(4);
});

test('what a usage profile names and nobody has measured is said', () => {
  const usage = { ...basis.usage, callsOfUser: { getTickets: { calls: 1, for: '' } }, itemsOfUser: { profil: 1 } };
  expect(unknownNames({ ...basis, usage })).toBe('There is no operation "getTickets"\nThere is no item "profil"');
  expect(unknownNames(basis)).toBe('');
});
