import type { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { functionLogOf } from '../log-groups.ts';
import type { Options } from '../options.ts';

type FunctionLogProps = Pick<Options, 'stage' | 'logRetentionDays'> & { readonly removalPolicy: RemovalPolicy };

/**
 * The one log of all functions of a stage: one resource in place of one of each function, and one place to look. Lambda calls each stream after the function
 * that writes it.
 */
export class FunctionLog extends LogGroup {
  constructor(scope: Construct, id: string, { stage, logRetentionDays, removalPolicy }: FunctionLogProps) {
    super(scope, id, {
      logGroupName: functionLogOf(stage),
      retention: logRetentionDays,
      removalPolicy,
    });
  }
}
