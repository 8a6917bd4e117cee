import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Options } from '../options.ts';

export interface AlarmsProps {
  readonly options: Options;
  readonly apiId: string;
  readonly accessLog: LogGroup;
  readonly sweepWorker: IFunction;
}

const total = { statistic: 'Sum', period: Duration.minutes(5) };
const share = { namespace: 'AWS/SES', statistic: 'Average', period: Duration.hours(1) };

/** The few alarms of an environment, none for a single endpoint: ten alarms are free, and a stack has a limit of resources. */
export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { options, apiId, accessLog, sweepWorker }: AlarmsProps) {
    super(scope, id);
    this.#topic = options.alarmEmail === undefined ? undefined : this.#topicFor(options.alarmEmail);
    const throttled = new MetricFilter(this, 'ThrottledRequests', {
      logGroup: accessLog,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace: 'ServerlessProfile',
      metricName: `${options.stage}-ThrottledRequests`,
    }).metric(total);
    const lambda = (metricName: string) => new Metric({ namespace: 'AWS/Lambda', metricName, ...total });
    const serverErrors = new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: { ApiId: apiId },
      ...total,
    });

    this.#alarm('ServerErrors', serverErrors, 5, 'Requests answered with 5xx');
    this.#alarm(
      'Throttles',
      throttled,
      100,
      'Requests refused with 429: look at requestsPerSecond and passwordRequestsPerSecond',
    );
    this.#alarm(
      'FunctionErrors',
      lambda('Errors'),
      5,
      'Functions of this account and region that crashed or timed out',
    );
    this.#alarm(
      'FunctionThrottles',
      lambda('Throttles'),
      1,
      'The account has reached its limit of concurrent functions',
    );
    this.#alarm(
      'SweepErrors',
      sweepWorker.metricErrors(total),
      3,
      'Changes of a tenant are not applied: see the log of sweep-tenants',
    );
    this.#alarm(
      'Bounces',
      new Metric({ metricName: 'Reputation.BounceRate', ...share }),
      0.05,
      'SES reviews accounts from 5 % on',
    );
    this.#alarm(
      'Complaints',
      new Metric({ metricName: 'Reputation.ComplaintRate', ...share }),
      0.001,
      'SES reviews accounts from 0.1 % on',
    );
  }

  #alarm(id: string, metric: Metric, threshold: number, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
  }

  #topicFor(address: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    topic.addSubscription(new EmailSubscription(address));
    return topic;
  }
}
