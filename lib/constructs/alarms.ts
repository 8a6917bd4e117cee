import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, type MetricName, STAGE_DIMENSION } from '../../functions/shared/config/metrics.ts';
import type { Options } from '../options.ts';

export interface AlarmsProps {
  readonly options: Options;
  readonly apiId: string;
  readonly accessLog: LogGroup;
}

export interface AlarmProps {
  readonly metric: IMetric;
  /** Reached or passed once, upwards or, where `falling`, downwards, the alarm goes off. */
  readonly threshold: number;
  readonly falling?: true;
  readonly alarmDescription: string;
  /** Of what is so until somebody has done something about it: a time without figures changes nothing. Otherwise it is well then. */
  readonly lasts?: true;
}

/** Alarms count over five minutes. */
export const COUNTED = { statistic: 'Sum', period: Duration.minutes(5) };

/** A metric that functions of this stage publish, as it is counted. */
export const published = (stage: string, metricName: MetricName): Metric =>
  new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap: { [STAGE_DIMENSION]: stage }, ...COUNTED });

const ofLambda = (metricName: string) => new Metric({ namespace: 'AWS/Lambda', metricName, ...COUNTED });

const ofSes = (metricName: string) =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: Duration.hours(1) });

/** Of the account and region as a whole: SES and Lambda have no figure for one application. */
const accountAlarms: Readonly<Record<string, AlarmProps>> = {
  FunctionErrors: {
    metric: ofLambda('Errors'),
    threshold: 5,
    alarmDescription: 'Functions crash or time out: the access log says which, and why in integrationError',
  },
  FunctionThrottles: {
    metric: ofLambda('Throttles'),
    threshold: 1,
    alarmDescription: 'Lambda runs no more functions at once: ask for a higher limit in Service Quotas',
  },
  Bounces: {
    metric: ofSes('Reputation.BounceRate'),
    threshold: 0.05,
    alarmDescription: 'Many mails come back, and SES stops at 10 %: find who creates accounts with such addresses',
  },
  Complaints: {
    metric: ofSes('Reputation.ComplaintRate'),
    threshold: 0.001,
    alarmDescription: 'Recipients complain, and SES stops at 0.5 %: find who creates accounts for them',
  },
};

/** The few alarms of an environment, none for a single endpoint: ten alarms are free, and a stack has a limit of resources. */
export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { options, apiId, accessLog }: AlarmsProps) {
    super(scope, id);
    this.#topic = options.alarmEmail === undefined ? undefined : this.#topicFor(options.alarmEmail);
    const dimensionsMap = { ApiId: apiId };
    this.add('ServerErrors', {
      metric: new Metric({ namespace: 'AWS/ApiGateway', metricName: '5xx', dimensionsMap, ...COUNTED }),
      threshold: 5,
      alarmDescription: 'Requests are answered with 5xx: see docs/operating.md, A 500 found in a minute',
    });
    const throttled = new MetricFilter(this, 'ThrottledRequests', {
      logGroup: accessLog,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace: METRIC_NAMESPACE,
      metricName: `${options.stage}-ThrottledRequests`,
    });
    this.add('Throttles', {
      metric: throttled.metric(COUNTED),
      threshold: 100,
      alarmDescription: 'Requests are refused with 429: see requestsPerSecond and passwordRequestsPerSecond',
    });
    this.add('MailFailed', {
      metric: published(options.stage, 'MailFailed'),
      threshold: 1,
      alarmDescription:
        'SES has refused mail: find the reason in the logs as "Mail was not accepted" or a 500 of reset_password, then see docs/operating.md, Mail',
    });
    for (const [name, alarm] of Object.entries(accountAlarms)) this.add(name, alarm);
  }

  /** One more alarm, to the same address. */
  add(id: string, { lasts, falling, ...alarm }: AlarmProps): void {
    const made = new Alarm(this, id, {
      ...alarm,
      comparisonOperator: falling
        ? ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: lasts ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    });
    if (this.#topic) made.addAlarmAction(new SnsAction(this.#topic));
  }

  #topicFor(address: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    topic.addSubscription(new EmailSubscription(address));
    return topic;
  }
}
