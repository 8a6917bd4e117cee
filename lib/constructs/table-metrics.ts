import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from '../../functions/shared/config/calls.ts';
import { pascal } from '../needs.ts';
import type { Storage } from '../storage.ts';
import { tableDefinitions } from '../tables.ts';
import { type Alarms, COUNTED } from './alarms.ts';

/** The tables, in the order in which they are shown. */
export const tableNames = ['profiles', 'tokens', 'tickets'] as const satisfies readonly Table[];

/** A figure of DynamoDB on a table, or on one of its indexes. */
function ofTable({ tables }: Storage, table: Table, metricName: string, index?: string): Metric {
  const dimensionsMap = { TableName: tables[table].name, ...(index && { GlobalSecondaryIndexName: index }) };
  return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, ...COUNTED });
}

/** Units that a table itself has consumed, for reads or writes. */
export const consumed = (storage: Storage, table: Table, what: 'Read' | 'Write'): IMetric =>
  ofTable(storage, table, `Consumed${what}CapacityUnits`).with({ label: `${table}: ${what.toLowerCase()} units` });

/**
 * How often a table or one of its indexes was throttled: a write that an index is too slow for is counted there only. Each of the figures in it is paid for in an
 * alarm, which takes ten.
 */
export function throttled(storage: Storage, table: Table): IMetric {
  const places = [undefined, ...Object.keys(tableDefinitions[table].indexes ?? {})];
  const events = places
    .flatMap((index) => [
      ofTable(storage, table, 'ReadThrottleEvents', index),
      ofTable(storage, table, 'WriteThrottleEvents', index),
    ])
    .map((metric, at) => [`${table}${at}`, metric] as const);
  return new MathExpression({
    expression: events.map(([id]) => `FILL(${id},0)`).join('+'),
    usingMetrics: Object.fromEntries(events),
    label: `${table}: throttled`,
    period: COUNTED.period,
  });
}

/** An alarm for each table on calls that DynamoDB has throttled. */
export function watchTables(alarms: Alarms, storage: Storage): void {
  for (const table of tableNames)
    alarms.add(`${pascal(table)}Throttled`, {
      metric: throttled(storage, table),
      threshold: 10,
      alarmDescription: `DynamoDB throttles calls on ${pascal(table)}: see on the dashboard which calls have grown; a list or query that reads a whole tenant (docs/costs.md), or one tenant that grows too fast for its shards (docs/operating.md, The index)`,
    });
}
