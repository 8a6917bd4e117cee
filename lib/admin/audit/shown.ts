import { printable } from '../printable.ts';
import type { AuditRecord } from './question.ts';
import type { Answer } from './read-trail.ts';

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

/** In this order, each with the word before it. */
const details = [
  ['code', ''],
  ['reason', ''],
  ['application', 'by '],
  ['operator', 'by '],
  ['caller', 'token '],
  ['tenant', 'tenant '],
  ['profileId', 'profile '],
  ['profiles', 'profiles: '],
  ['user', 'user '],
  ['newUser', 'now user '],
  ['accessToken', 'about token '],
  ['replacedToken', 'in place of token '],
  ['fields', 'fields '],
  ['attributes', 'attributes '],
  ['sourceAddress', 'from '],
  ['requestId', 'request '],
] as const;

function lineOf(record: AuditRecord): string {
  const said = details.flatMap(([name, word]) => {
    const value = record[name];
    return value === undefined || value === null ? [] : [`${word}${textOf(value)}`];
  });
  return printable([record.timestamp, record.operation ?? '', record.outcome, ...said].join('  '));
}

const iso = (timeMs: number) => new Date(timeMs).toISOString();

/** The answer for a person, a line each. */
export function answerLines({ records, killed, completeFromMs, completeToMs, notes }: Answer): readonly string[] {
  return [
    ...records.map(lineOf),
    ...(records.length === 0 ? ['No record.'] : []),
    '',
    `Complete from ${iso(completeFromMs)} to ${iso(completeToMs)}. Killed calls in that time, which may have changed something of anybody: ${killed.length}`,
    ...killed.map(({ time, status, awsRequestId }) => printable(`  ${time}  ${status}  awsRequestId ${awsRequestId}`)),
    ...notes,
  ];
}

/** The same as one JSON document. */
export function answerJson({ records, killed, completeFromMs, completeToMs, notes }: Answer): string {
  const document = { completeFrom: iso(completeFromMs), completeTo: iso(completeToMs), records, killed, notes };
  return JSON.stringify(document, null, 2);
}
