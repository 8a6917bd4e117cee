import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { dependencies } from '../../functions/sweep-tenants.ts';
import { callsOf } from '../intents.ts';
import { type Alarms, COUNTED } from './alarms.ts';
import { BundledFunction, type Installation } from './bundled-function.ts';
import { GivenUp } from './given-up.ts';

export interface SweepWorkerProps extends Installation {
  readonly streamArn: string;
  readonly alarms: Alarms;
}

/**
 * Works off the changes of tenants, and deletions that were cut short (data model, section 4): called when an open SWEEP item is written. A call that fails is repeated, since
 * the item stays open: for hours, so that an outage passes, but not for ever. What is given up then waits in a queue, whose
 * alarm stays red until `admin sweep` has taken over.
 */
export class SweepWorker extends BundledFunction {
  constructor(scope: Construct, id: string, { streamArn, alarms, ...installation }: SweepWorkerProps) {
    const needs = { calls: callsOf(dependencies), followsProfiles: true } as const;
    super(scope, id, {
      ...installation,
      bundle: 'sweep-tenants',
      description: 'Apply changes of tenants to their profiles, finish deletions',
      needs,
      settings: ['profilesTable', 'attachmentsBucket'],
      memorySize: 512,
      timeout: Duration.minutes(15),
    });
    const givenUp = new GivenUp(this, 'GivenUp', installation.roles.for(needs));
    new EventSourceMapping(this, 'Source', {
      target: this.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      // Every page that the worker saves is a record of its own, and one call does for all of them.
      batchSize: 100,
      // A deletion opens a sweep and closes it within a second: by then there is nothing to do.
      maxBatchingWindow: Duration.seconds(3),
      bisectBatchOnError: false,
      retryAttempts: 200,
      maxRecordAge: Duration.hours(12),
      onFailure: givenUp,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { pk: { S: FilterRule.isEqual('SWEEP') } } },
        }),
      ],
    });
    alarms.add('SweepErrors', {
      metric: this.function.metricErrors(COUNTED),
      threshold: 3,
      alarmDescription:
        'Changes of tenants are not applied, or deletions not finished: operation sweep-tenants in the log of the functions says why; it is tried again for 12 hours',
    });
    alarms.add('SweepsGivenUp', {
      metric: givenUp.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: COUNTED.period }),
      threshold: 1,
      lasts: true,
      alarmDescription: `The worker has given up: see operation sweep-tenants in the log of the functions, then npm run admin -- sweep --stage ${installation.options.stage}, then aws sqs purge-queue --queue-url ${givenUp.queueUrl}`,
    });
  }
}
