import { RemovalPolicy } from 'aws-cdk-lib';
import { type CfnApi, type CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogOf } from '../log-groups.ts';
import type { Options } from '../options.ts';
import type { CreationRows } from './creation-rows.ts';

export interface ApiStageProps {
  readonly api: CfnApi;
  readonly rows: CreationRows;
  readonly options: Options;
  /** Routes that hash passwords. */
  readonly passwordRoutes: readonly CfnRoute[];
}

/** What is kept of a request: never its path or query, which carry ids and tokens, and no address. */
export const accessLogFormat = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  /** Lambda's id of the call, and what it says where the function itself failed: no words of ours. */
  integrationRequestId: '$context.integration.requestId',
  integrationError: '$context.integrationErrorMessage',
  responseLength: '$context.responseLength',
  error: '$context.error.responseType',
};

const throttle = (perSecond: number) => ({ ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: 2 * perSecond });

/** The `$default` stage: access log and throttling. */
export class ApiStage extends Construct {
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, { api, rows, options, passwordRoutes }: ApiStageProps) {
    super(scope, id);
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogOf(options.stage),
      retention: options.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new CfnStage(this, 'Resource', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: this.accessLog.logGroupArn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: {
        throttlingRateLimit: options.requestsPerSecond,
        throttlingBurstLimit: 2 * options.requestsPerSecond,
      },
      // CloudFormation passes this one on as it is, hence the capitals.
      routeSettings: Object.fromEntries(
        passwordRoutes.map(({ routeKey }) => [routeKey, throttle(options.passwordRequestsPerSecond)]),
      ),
    });
    // It names routes, and deploys itself anew for each that is made while it is there.
    rows.putLast(stage);
  }
}
