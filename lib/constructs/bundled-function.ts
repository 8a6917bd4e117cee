import { join } from 'node:path';
import type { Duration } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SettingName } from '../../functions/shared/config/settings.ts';
import type { Needs } from '../needs.ts';
import type { Options } from '../options.ts';
import { environmentOf, type SettingValues } from '../setting-values.ts';
import type { FunctionRoles } from './function-roles.ts';

/** What all functions of a stack have in common. */
export interface Installation {
  readonly options: Options;
  /** Where the build has put the bundles. */
  readonly bundles: string;
  readonly roles: FunctionRoles;
  readonly log: ILogGroup;
  readonly values: SettingValues;
}

export interface BundledFunctionProps extends Installation {
  /** The bundle's name, for example `profile/reset-password`. */
  readonly bundle: string;
  readonly description: string;
  readonly needs: Needs;
  readonly settings: readonly SettingName[];
  readonly memorySize: number;
  readonly timeout: Duration;
}

/** Makes every function: one bundle, the log and the role that its needs share, the settings that it reads and no other. */
export class BundledFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { options, bundle } = props;
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(props.bundles, bundle)),
      handler: 'index.handler',
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: environmentOf(props.settings, props.values),
      role: props.roles.for(props.needs),
      logGroup: props.log,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own start, end and report records of every good call cost more than the call.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: options.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
  }
}
