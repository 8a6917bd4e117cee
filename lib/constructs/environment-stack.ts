import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isLasting, type Options } from '../options.ts';

export interface EnvironmentStackProps {
  readonly options: Options;
  readonly part: 'Data' | 'Api' | 'Domain';
  readonly description: string;
}

/**
 * One of an environment's stacks. Its logical ids are the construct path without CDK's hash (`ResetPasswordFunction`): they stay as they
 * are when code moves between files, and people can type them.
 */
export abstract class EnvironmentStack extends Stack {
  constructor(scope: Construct, { options, part, description }: EnvironmentStackProps) {
    super(scope, `ServerlessProfile-${options.stage}-${part}`, {
      description,
      terminationProtection: isLasting(options.stage),
      tags: { application: 'serverless-profile', stage: options.stage },
    });
    // CDK names the role of a function a second time under DependsOn, which cfn-lint takes for a mistake.
    this.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
  }

  protected override allocateLogicalId(element: CfnElement): string {
    const below = element.node.scopes.slice(this.node.scopes.length).map((scope) => scope.node.id);
    return below
      .filter((id) => id !== 'Resource' && id !== 'Default')
      .join('')
      .replace(/[^A-Za-z0-9]/g, '');
  }
}
