import { type App, CfnOutput, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import packageJson from '../package.json' with { type: 'json' };
import { type DeploymentRecord, RECORD_KEY } from './deployment/deployment-record.ts';
import { type RestoredTables, readRestored, withRestored } from './deployment/restored-tables.ts';
import { recordedSettings } from './deployment/stage-settings.ts';
import { endpoints } from './endpoints.ts';
import type { Options } from './options.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { DomainStack } from './stacks/domain-stack.ts';

interface EnvironmentProps {
  readonly options: Options;
  /** Where the build has put the bundles. */
  readonly bundles: string;
  /** The stacks, by their part of the name, whose first deployment has not succeeded yet: one that is protected could not be repeated. */
  readonly unprotected?: readonly string[];
}

/** Whoever asks for the tables of the installation finds those that came back before those of the data stack. */
function outputTables(api: ApiStack, { profiles, tokens, tickets }: RestoredTables): void {
  new CfnOutput(api, 'ProfilesTableName', { value: profiles });
  new CfnOutput(api, 'TokensTableName', { value: tokens });
  new CfnOutput(api, 'TicketsTableName', { value: tickets });
}

function domainOf(app: App, options: Options): DomainStack | undefined {
  const { domainName, certificateArn } = options;
  if (domainName === undefined || certificateArn === undefined) return undefined;
  return new DomainStack(app, { options, domainName, certificateArn });
}

/** Puts one environment into the app, checked by cdk-nag: a finding without a reason fails the synthesis. */
export function addEnvironment(
  app: App,
  { options, bundles, unprotected = [] }: EnvironmentProps,
): { readonly data: DataStack; readonly api: ApiStack; readonly domain: DomainStack | undefined } {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const data = new DataStack(app, options);
  const restored = readRestored(options.stage);
  const arnOf = (table: string) => data.formatArn({ service: 'dynamodb', resource: 'table', resourceName: table });
  const storage = restored === undefined ? data.storage : withRestored(data.storage, restored, arnOf);
  const api = new ApiStack(app, { options, storage, endpoints, bundles });
  if (restored !== undefined) outputTables(api, restored);
  api.addStackDependency(data);
  const domain = domainOf(app, options);
  if (domain) api.addStackDependency(domain);
  if (unprotected.includes('Data')) data.terminationProtection = false;
  if (unprotected.includes('Api')) api.terminationProtection = false;
  const record: DeploymentRecord = { version: packageJson.version, settings: recordedSettings(options) };
  if (domain && unprotected.includes('Domain')) domain.terminationProtection = false;
  api.addMetadata(RECORD_KEY, record);
  return { data, api, domain };
}
