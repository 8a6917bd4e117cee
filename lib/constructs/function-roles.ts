import { Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type Needs, nameOfNeeds } from '../needs.ts';
import type { Options } from '../options.ts';
import { exportNameOf } from '../storage.ts';
import { FunctionRole } from './function-role.ts';
import { type GrantTargets, grantsFor } from './grants.ts';

export interface FunctionRolesProps extends GrantTargets {
  readonly options: Options;
}

/** One role for each set of needs. */
export class FunctionRoles extends Construct {
  readonly #roles = new Map<string, FunctionRole>();
  readonly #props: FunctionRolesProps;

  constructor(scope: Construct, id: string, props: FunctionRolesProps) {
    super(scope, id);
    this.#props = props;
    const ses = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
    const anyIdentity =
      'Only as the one sender (ses:FromAddress); in the SES sandbox the identity of each recipient is checked too.';
    this.#acknowledge(`${ses}:identity/*`, anyIdentity);
    this.#acknowledge(`${ses}:configuration-set/*`, anyIdentity);
    this.#acknowledge(
      `${exportNameOf(props.options.stage, 'AttachmentsBucketArn')}/*`,
      'Keys of attachments are random; the bucket holds nothing else.',
    );
    if (props.options.tracing)
      this.#acknowledge('*', 'X-Ray knows no resources to name; only with the context switch "tracing".');
  }

  #acknowledge(resource: string, reason: string): void {
    Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }

  /** The role of all functions with these needs, made at its first use. */
  for(needs: Needs): FunctionRole {
    const name = nameOfNeeds(needs);
    const known = this.#roles.get(name);
    if (known) return known;
    const role = new FunctionRole(this, name, {
      grants: grantsFor(this, needs, this.#props),
      logArn: this.#props.storage.log.arn,
    });
    this.#roles.set(name, role);
    return role;
  }
}
