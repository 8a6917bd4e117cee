import { CfnOutput, Validations } from 'aws-cdk-lib';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { settingTable } from '../../functions/shared/config/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { Alarms } from '../constructs/alarms.ts';
import { ApiGatewayRole } from '../constructs/api-gateway-role.ts';
import { ApiStage } from '../constructs/api-stage.ts';
import type { Installation } from '../constructs/bundled-function.ts';
import { CreationRows } from '../constructs/creation-rows.ts';
import { Dashboard } from '../constructs/dashboard.ts';
import { ANSWER_WITHIN, EndpointFunction } from '../constructs/endpoint-function.ts';
import { EnvironmentStack } from '../constructs/environment-stack.ts';
import { FunctionRoles } from '../constructs/function-roles.ts';
import { groupsOf } from '../constructs/group-metrics.ts';
import { RoutedFunction } from '../constructs/routed-function.ts';
import { SweepWorker } from '../constructs/sweep-worker.ts';
import { watchTables } from '../constructs/table-metrics.ts';
import { Watch } from '../constructs/watch.ts';
import { NO_SENDER } from '../deployment/stage-settings.ts';
import type { Endpoint } from '../endpoints.ts';
import type { Options } from '../options.ts';
import type { Storage } from '../storage.ts';

export interface ApiStackProps {
  readonly options: Options;
  readonly storage: Storage;
  readonly endpoints: readonly Endpoint[];
  /** Where the build has put the bundles. */
  readonly bundles: string;
}

/** Everything that can be thrown away and deployed again: functions, routes, logs and alarms. */
export class ApiStack extends EnvironmentStack {
  constructor(scope: Construct, { options, storage, endpoints, bundles }: ApiStackProps) {
    super(scope, { options, part: 'Api', description: 'Serverless Profile: functions and HTTP API' });
    const mailSender = options.settings.mailSender ?? NO_SENDER;
    const { tables, attachments } = storage;
    const log = LogGroup.fromLogGroupName(this, 'FunctionLog', storage.log.name);
    const installation: Installation = {
      options,
      bundles,
      roles: new FunctionRoles(this, 'Role', { options, storage, mailSender }),
      log,
      values: {
        ...options.settings,
        profilesTable: tables.profiles.name,
        tokensTable: tables.tokens.name,
        ticketsTable: tables.tickets.name,
        attachmentsBucket: attachments.name,
        mailSender,
        stage: options.stage,
        packageVersion: packageJson.version,
      },
    };
    const api = new CfnApi(this, 'Api', {
      name: this.stackName,
      protocolType: 'HTTP',
      disableExecuteApiEndpoint: !options.defaultAddress,
    });
    const behind = { api, caller: new ApiGatewayRole(this, 'Caller'), rows: new CreationRows() };
    const functions = new Map<Endpoint, LambdaFunction>(
      endpoints.map((endpoint) => [endpoint, new EndpointFunction(this, endpoint, behind, installation).function]),
    );
    new RoutedFunction(this, 'Fallback', {
      ...installation,
      ...behind,
      bundle: 'fallback',
      description: 'Answer paths and methods that do not exist',
      needs: { calls: [] },
      settings: [],
      memorySize: 512,
      timeout: ANSWER_WITHIN,
      routeKeys: ['$default'],
    });
    const contracts = endpoints.map(({ contract }) => contract);
    const { accessLog } = new ApiStage(this, 'Stage', { ...behind, options, contracts });
    const alarms = new Alarms(this, 'Alarm', { options, apiId: api.ref, accessLog });
    new SweepWorker(this, 'SweepTenants', { ...installation, streamArn: storage.profilesStreamArn, alarms });
    new Watch(this, 'Watch', { ...installation, alarms });
    watchTables(alarms, storage);
    const groups = groupsOf(functions);
    new Dashboard(this, 'Dashboard', { stage: options.stage, apiId: api.ref, accessLog, storage, groups });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Every function checks the access token of its caller against the Tokens table: the API that clients know has it so.',
    });
    new CfnOutput(this, 'WireLine', { value: options.settings.wireLine ?? settingTable.wireLine.fallback });
    const url = options.defaultAddress ? api.attrApiEndpoint : `https://${options.domainName}`;
    new CfnOutput(this, 'ApiUrl', { value: `${url}${options.contextPath}` });
  }
}
