import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../functions/shared/config/metrics.ts';
import type { Endpoint } from '../endpoints.ts';
import { COUNTED } from './alarms.ts';

/** The functions behind the routes that begin with the same word. */
export interface RouteGroup {
  /** That word, for example `access_token`. */
  readonly name: string;
  /** A letter that no other group has: figures are told apart by it. */
  readonly letter: string;
  readonly functions: readonly LambdaFunction[];
}

/** The functions of endpoints, by the first word of their paths. */
export function groupsOf(functions: ReadonlyMap<Endpoint, LambdaFunction>): readonly RouteGroup[] {
  const byName = Map.groupBy(functions, ([{ contract }]) => contract.path.split('/')[1] ?? '');
  return [...byName].map(([name, members], at) => ({
    name,
    letter: String.fromCharCode('a'.charCodeAt(0) + at),
    functions: members.map(([, one]) => one),
  }));
}

/** Figures of a function, by the letters that their ids have: an expression may not be long. */
const statistics = { n: undefined, m: 'p50', s: 'p99' } as const;
type Figure = keyof typeof statistics;

/** A figure of each function, under ids of the group's own. */
function figures(
  { functions, letter }: RouteGroup,
  figure: Figure,
): readonly (readonly [id: string, metric: IMetric])[] {
  const { period } = COUNTED;
  const statistic = statistics[figure];
  return functions.map((one, at) => [
    `${letter}${figure}${at}`,
    statistic === undefined ? one.metricInvocations(COUNTED) : one.metricDuration({ statistic, period }),
  ]);
}

const expressionOf = (label: string, expression: string, metrics: readonly (readonly [string, IMetric])[]) =>
  new MathExpression({ label, expression, usingMetrics: Object.fromEntries(metrics), period: COUNTED.period });

/** How many calls came to the functions of a group. */
export function requestsOf(group: RouteGroup): IMetric {
  const calls = figures(group, 'n');
  return expressionOf(group.name, calls.map(([id]) => `FILL(${id},0)`).join('+'), calls);
}

/** The median time of a group in ms: the medians of its functions, weighted with their calls. CloudWatch has none of several functions. */
export function medianOf(group: RouteGroup): IMetric {
  const [calls, medians] = [figures(group, 'n'), figures(group, 'm')];
  const weighted = calls.map(([id], at) => `FILL(${id}*${medians[at]?.[0]},0)`).join('+');
  const all = calls.map(([id]) => `FILL(${id},0)`).join('+');
  return expressionOf(group.name, `(${weighted})/(${all})`, [...calls, ...medians]);
}

/** The time in ms within which 99 of 100 calls are done, of the slowest function of a group. */
export function slowestOf(group: RouteGroup): IMetric {
  const times = figures(group, 's');
  return expressionOf(group.name, `MAX([${times.map(([id]) => id).join(',')}])`, times);
}

/** Answers of 5xx to routes of a group, counted from the access log: a 500 of the function's own is no error to Lambda. */
export function failuresOf(scope: Construct, { name }: RouteGroup, stage: string, accessLog: LogGroup): IMetric {
  const filter = new MetricFilter(scope, `Failed${name}`, {
    logGroup: accessLog,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '5*'),
      FilterPattern.stringValue('$.routeKey', '=', `*/api/1/${name}/*`),
    ),
    metricNamespace: METRIC_NAMESPACE,
    metricName: `${stage}-Failed-${name}`,
  });
  return filter.metric({ ...COUNTED, label: name });
}
