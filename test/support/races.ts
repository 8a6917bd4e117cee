import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type Faults, installFaults, transactionConflict } from './faults.ts';
import type { ApiResponse } from './local-api.ts';

/** Starts so many at once, each with its index; the results are in that order. */
export const times = <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** How often each status came, with the error code of those that are no 200. */
export function tally(answers: readonly ApiResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = status === 200 ? '200' : `${status} ${body.errorCode}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The kinds of answers, as `tally` names them, beside those that a race may bring. */
export const answersBeyond = (expected: readonly string[], answers: readonly ApiResponse[]): readonly string[] =>
  Object.keys(tally(answers)).filter((kind) => !expected.includes(kind));

/** A conflict of a single write with somebody's transaction. */
const singleConflict = () => new TransactionConflictException({ message: 'Busy', $metadata: { httpStatusCode: 400 } });

/** Lets the next transactions and, as many, the next single updates meet conflicts, which the engine never makes. */
export function installConflicts(count: number): Faults {
  const store = installFaults();
  store.failNext('TransactWriteItems', () => transactionConflict(0), count);
  store.failNext('UpdateItem', singleConflict, count);
  return store;
}

/** From when to when something went on. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What work results in, and when it went on. */
export interface Timed<Value> extends Span {
  readonly value: Value;
}

export async function timed<Value>(work: () => Promise<Value>): Promise<Timed<Value>> {
  const startMs = performance.now();
  const value = await work();
  return { startMs, endMs: performance.now(), value };
}

export const valuesOf = <Value>(all: readonly Timed<Value>[]): readonly Value[] => all.map(({ value }) => value);

/** Whether the one was over before the other began. */
export const isBefore = (one: Span, other: Span): boolean => one.endMs < other.startMs;

/** How many of these went on while one of those did: none, and the race was none. */
export const overlapping = (these: readonly Span[], those: readonly Span[]): number =>
  these.filter((one) => those.some((other) => !isBefore(one, other) && !isBefore(other, one))).length;
