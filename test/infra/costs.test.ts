import { basis } from '../../bench/costs/page.ts';
import { type MetricName, metricNames } from '../../functions/shared/config/metrics.ts';
import { memoryOf } from '../../lib/constructs/endpoint-function.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { environmentOf, type Json, resourcesOf } from './environment.ts';

/** A metric is paid for the hours in which it has values. */
const ofTrouble: readonly MetricName[] = ['MailFailed', 'Argon2idFallback'];

/** An alarm is paid for each figure that it looks at. */
const figuresOf = ({ Properties: { Metrics } }: Json): number =>
  Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }: Json) => MetricStat !== undefined).length;

test('the page of costs reckons with the memory of the functions, and with all alarms and metrics', () => {
  for (const { contract } of endpoints)
    expect(basis.measured.calls[contract.operationId]?.memoryMb).toBe(memoryOf(contract));
  const { api } = environmentOf('dev');
  const alarms = resourcesOf(api, 'AWS::CloudWatch::Alarm').map(([, alarm]) => figuresOf(alarm));
  const { assumptions } = basis.usage;
  expect(alarms.reduce((sum, figures) => sum + figures)).toBe(assumptions.alarms.value);
  expect(metricNames.filter((name) => !ofTrouble.includes(name))).toHaveLength(assumptions.metrics.value);
  const hourly = metricNames.filter((name) => /Seconds|DaysLeft|Waiting/.test(name));
  expect(hourly).toHaveLength(assumptions.idleMetrics.value);
});
