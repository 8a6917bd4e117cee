import { RemovalPolicy } from 'aws-cdk-lib';
import { type CfnApi, CfnApiMapping, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Contract } from '../../functions/shared/http/contract.ts';
import { accessLogOf } from '../log-groups.ts';
import type { Options } from '../options.ts';
import { defaultRouteLimit, type RouteLimit, routeLimits } from '../route-limits.ts';
import type { CreationRows } from './creation-rows.ts';

export interface ApiStageProps {
  readonly api: CfnApi;
  readonly rows: CreationRows;
  readonly options: Options;
  readonly contracts: readonly Contract[];
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

/** CloudFormation passes these on as they are, hence the capitals. */
const settingsOf = ({ perSecond, burst }: RouteLimit) => ({
  ThrottlingRateLimit: perSecond,
  ThrottlingBurstLimit: burst,
});

/** The `$default` stage: access log, throttling, and the operator's own domain name, which a stack of its own has made. */
export class ApiStage extends Construct {
  readonly accessLog: LogGroup;

  constructor(scope: Construct, id: string, { api, rows, options, contracts }: ApiStageProps) {
    super(scope, id);
    this.accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogOf(options.stage),
      retention: options.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { perSecond, burst } = defaultRouteLimit(options);
    const stage = new CfnStage(this, 'Resource', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: this.accessLog.logGroupArn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: { throttlingRateLimit: perSecond, throttlingBurstLimit: burst },
      routeSettings: Object.fromEntries(
        Object.entries(routeLimits(contracts, options)).map(([key, limit]) => [key, settingsOf(limit)]),
      ),
    });
    // It names routes, and deploys itself anew for each that is made while it is there.
    rows.putLast(stage);
    if (options.domainName !== undefined) {
      const { domainName } = options;
      new CfnApiMapping(this, 'Mapping', { apiId: api.ref, domainName, stage: stage.ref });
    }
  }
}
