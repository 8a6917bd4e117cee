import * as z from 'zod/mini';

/** What is paid for, in the order of the bill; `prices.json` has a price of each. */
export const paidFor = [
  'gatewayRequests',
  'lambdaRequests',
  'lambdaDuration',
  'storeReads',
  'storeWrites',
  'storeStorage',
  'storeRecovery',
  'bucketPuts',
  'bucketGets',
  'bucketStorage',
  'mails',
  'logIngestion',
  'logStorage',
  'alarms',
  'metrics',
  'dataOut',
] as const;
export type PaidFor = (typeof paidFor)[number];

const amount = z.number().check(z.nonnegative());
const positive = z.number().check(z.positive());
const text = z.string().check(z.minLength(1));

const price = z.strictObject({
  service: text,
  unit: text,
  /** Which of the service's prices it is. */
  terms: text,
  /** How many units `usd` buys. */
  per: positive,
  usd: positive,
  /** Where AWS says it. */
  page: z.url(),
  /** Year, or year and month, of what it was seen in. */
  asOf: z.string().check(z.regex(/^20\d\d(-\d\d)?$/)),
  seenIn: text,
});

/** `prices.json`: every price once, with what it rests on. */
export const priceList = z.strictObject({
  region: text,
  currency: z.literal('USD'),
  lookedUpOn: z.iso.date(),
  prices: z.record(z.enum(paidFor), price),
});
export type PriceList = z.infer<typeof priceList>;

const assumption = z.strictObject({ value: amount, meaning: text });

/** `usage.json`: what a user does in a month, what is kept of a user, and what cannot be measured here. */
export const usageProfile = z.strictObject({
  callsOfUser: z.record(z.string(), z.strictObject({ calls: amount, for: text })),
  itemsOfUser: z.record(z.string(), amount),
  assumptions: z.strictObject({
    furtherAttributeBytes: assumption,
    attachmentBytes: assumption,
    attachmentKeptDays: assumption,
    answerHeaderBytes: assumption,
    storeTripMs: assumption,
    bucketCallMs: assumption,
    mailMs: assumption,
    cpuFactor: assumption,
    coldShare: assumption,
    coldMs: assumption,
    logEventBytes: assumption,
    logCompression: assumption,
    logKeptMonths: assumption,
    alarms: assumption,
    metrics: assumption,
    idleMetrics: assumption,
  }),
});
export type UsageProfile = z.infer<typeof usageProfile>;

const measuredCall = z.strictObject({
  memoryMb: positive,
  trips: amount,
  reads: amount,
  writes: amount,
  bucketPuts: amount,
  bucketGets: amount,
  mails: amount,
  answerBytes: amount,
  /** Bytes of its line in the access log. */
  accessLogBytes: amount,
  /** Bytes that the function itself logs of a good call. */
  functionLogBytes: amount,
  cpuMs: amount,
});
export type MeasuredCall = z.infer<typeof measuredCall>;

const measuredItem = z.strictObject({
  bytes: amount,
  /** Bytes of its entry in each index. */
  indexEntries: z.record(z.string(), amount),
  backedUp: z.boolean(),
});

const measuredRead = z.strictObject({ profiles: positive, reads: amount });

/** `measured.json`, which `npm run bench -- cost-units` makes: nothing in it is assumed. */
export const measurements = z.strictObject({
  machine: text,
  /** By operation id. */
  calls: z.record(z.string(), measuredCall),
  items: z.record(z.string(), measuredItem),
  /** Lists, counts and queries by what they are called, in tenants of growing size. */
  tenantReads: z.record(z.string(), z.array(measuredRead)),
  /** What the worker consumes for each profile of a tenant. */
  sweeps: z.record(z.string(), z.strictObject({ reads: amount, writes: amount, bucketPuts: amount })),
});
export type Measurements = z.infer<typeof measurements>;
