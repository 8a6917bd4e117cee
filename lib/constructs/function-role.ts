import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** The role of all functions with the same needs: their grants, and writing to their own log groups. */
export class FunctionRole extends Role {
  readonly #logs: PolicyStatement;

  constructor(scope: Construct, id: string, grants: readonly PolicyStatement[]) {
    const logs = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'] });
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: new PolicyDocument({ statements: [...grants, logs] }) },
    });
    this.#logs = logs;
  }

  /** The group's own ARN, which covers its streams. */
  writeTo(group: LogGroup): void {
    this.#logs.addResources(group.logGroupArn);
  }
}
