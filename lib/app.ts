import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import packageJson from '../package.json' with { type: 'json' };
import { type DeploymentRecord, RECORD_KEY } from './deployment/deployment-record.ts';
import { settledValues } from './deployment/stage-settings.ts';
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
  const api = new ApiStack(app, { options, storage: data.storage, endpoints, bundles });
  api.addStackDependency(data);
  const domain = domainOf(app, options);
  if (domain) api.addStackDependency(domain);
  if (unprotected.includes('Data')) data.terminationProtection = false;
  if (unprotected.includes('Api')) api.terminationProtection = false;
  if (domain && unprotected.includes('Domain')) domain.terminationProtection = false;
  const record: DeploymentRecord = { version: packageJson.version, settings: settledValues(options) };
  api.addMetadata(RECORD_KEY, record);
  return { data, api, domain };
}
