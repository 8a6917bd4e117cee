import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionRole } from './function-role.ts';

/** As long as a queue can keep a message. */
const KEPT = Duration.days(14);

/** Takes what the stream has given up to have done: which records, without anything of their items. */
export class GivenUp extends Queue implements IEventSourceDlq {
  readonly #sender: FunctionRole;

  constructor(scope: Construct, id: string, sender: FunctionRole) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: KEPT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#sender = sender;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is where calls end that have failed for good: nothing takes messages out but an operator.',
    });
  }

  /** As the destination of what fails: the function's role may send to it. */
  bind(): { readonly destination: string } {
    this.#sender.may(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queueArn] }));
    return { destination: this.queueArn };
  }
}
