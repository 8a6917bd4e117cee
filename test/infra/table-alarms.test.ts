import type { Table } from '../../functions/shared/config/calls.ts';
import { tableDefinitions } from '../../lib/tables.ts';
import { environmentOf, type Json } from './environment.ts';

const { api } = environmentOf('dev');
/** As many as CloudWatch takes in the alarm of an expression. */
const MOST_FIGURES = 10;

const alarms: readonly (readonly [Table, string])[] = [
  ['profiles', 'AlarmProfilesThrottled'],
  ['tokens', 'AlarmTokensThrottled'],
  ['tickets', 'AlarmTicketsThrottled'],
];

const INDEX = 'GlobalSecondaryIndexName';

/** What an alarm looks at: the figure, and the index whose it is. */
function figuresOf(alarm: string): readonly string[] {
  const stats = api.Resources[alarm]?.Properties.Metrics.flatMap(({ MetricStat }: Json) => MetricStat ?? []);
  return stats.map(({ Metric: { MetricName, Dimensions } }: Json) => {
    const index = Dimensions.find(({ Name }: Json) => Name === INDEX)?.Value ?? 'table';
    return `${MetricName} ${index}`;
  });
}

test.each(alarms)(
  'the alarm on throttled calls counts reads and writes of %s and of each of its indexes',
  (table, alarm) => {
    const places = ['table', ...Object.keys(tableDefinitions[table].indexes ?? {})];
    const wanted = places.flatMap((place) => [`ReadThrottleEvents ${place}`, `WriteThrottleEvents ${place}`]);
    expect([...figuresOf(alarm)].sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeLessThanOrEqual(MOST_FIGURES);
  },
);
