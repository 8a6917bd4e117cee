import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { endpoints } from './endpoints.ts';
import type { Options } from './options.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { DataStack } from './stacks/data-stack.ts';

/** Puts one environment into the app, checked by cdk-nag: a finding without a reason fails the synthesis. */
export function addEnvironment(
  app: App,
  options: Options,
  bundles: string,
): { readonly data: DataStack; readonly api: ApiStack } {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const data = new DataStack(app, options);
  const api = new ApiStack(app, { options, storage: data.storage, endpoints, bundles });
  api.addStackDependency(data);
  return { data, api };
}
