import { Aws, Duration } from 'aws-cdk-lib';
import { Dashboard as CloudWatchDashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { MetricName } from '../../functions/shared/config/metrics.ts';
import type { Storage } from '../storage.ts';
import { COUNTED, published } from './alarms.ts';
import { failuresOf, medianOf, type RouteGroup, requestsOf, slowestOf } from './group-metrics.ts';
import { consumed, tableNames, throttled } from './table-metrics.ts';

export interface DashboardProps {
  readonly stage: string;
  readonly apiId: string;
  readonly accessLog: LogGroup;
  readonly storage: Storage;
  readonly groups: readonly RouteGroup[];
}

const COLUMNS = 24;

/** Graphs of equal width. */
function row(graphs: Readonly<Record<string, readonly IMetric[]>>): readonly GraphWidget[] {
  const entries = Object.entries(graphs);
  return entries.map(
    ([title, metrics]) =>
      new GraphWidget({ title, left: [...metrics], width: COLUMNS / entries.length, leftYAxis: { min: 0 } }),
  );
}

/** Metrics of the stage, each with its words. */
const counts = (stage: string, ...all: readonly (readonly [name: MetricName, label: string])[]): readonly IMetric[] =>
  all.map(([name, label]) => published(stage, name).with({ label }));

/** What the hourly look publishes: shown for longer than it is away. */
const hourly = (stage: string, name: MetricName, label: string): IMetric =>
  published(stage, name).with({ label, statistic: 'Maximum', period: Duration.hours(1) });

/** All that one looks at first, on one page: requests, sign-ins, mail, tables, and what is left to do. */
export class Dashboard extends CloudWatchDashboard {
  constructor(scope: Construct, id: string, { stage, apiId, accessLog, storage, groups }: DashboardProps) {
    // Dashboards of all regions share their names.
    super(scope, id, { dashboardName: `ServerlessProfile-${stage}-${Aws.REGION}`, defaultInterval: Duration.days(1) });
    const ofApi = (metricName: string, label: string, statistic = 'Sum') =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiId: apiId },
        ...COUNTED,
        statistic,
        label,
      });
    this.addWidgets(
      ...row({
        'Requests by group': groups.map(requestsOf),
        'Answers of 5xx by group': groups.map((group) => failuresOf(this, group, stage, accessLog)),
        'Answers of 4xx and 5xx': [ofApi('4xx', '4xx'), ofApi('5xx', '5xx')],
      }),
    );
    this.addWidgets(
      ...row({
        'Time in ms, p50 (medians of the functions, by their calls)': groups.map(medianOf),
        'Time in ms, p99 (of the slowest function)': groups.map(slowestOf),
        'Time in ms, gateway included, of all requests': [
          ofApi('Latency', 'p50', 'p50'),
          ofApi('Latency', 'p99', 'p99'),
        ],
      }),
    );
    this.addWidgets(
      ...row({
        'Sign-ins': counts(stage, ['SignInGood', 'good'], ['SignInBad', 'bad'], ['SignInLocked', 'locked']),
        Mails: counts(stage, ['MailSent', 'sent'], ['MailFailed', 'refused']),
        'Password resets': counts(stage, ['ResetAsked', 'asked'], ['ResetDone', 'done']),
      }),
    );
    this.addWidgets(
      ...row({
        'Capacity consumed': tableNames.flatMap((table) => [
          consumed(storage, table, 'Read'),
          consumed(storage, table, 'Write'),
        ]),
        Throttled: tableNames.map((table) => throttled(storage, table)),
        'Open changes: age in seconds': [hourly(stage, 'OldestOpenChangeSeconds', 'the oldest')],
        'Profiles that wait for a refused mail': [hourly(stage, 'ProfilesWaitingForMail', 'profiles')],
      }),
    );
  }
}
