import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** The role of all functions with the same needs: their grants, and writing to their own log groups. */
export class FunctionRole extends Role {
  readonly #logs: PolicyStatement;
  readonly #grants: PolicyDocument;

  constructor(scope: Construct, id: string, grants: readonly PolicyStatement[]) {
    const logs = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'] });
    const document = new PolicyDocument({ statements: [...grants, logs] });
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: document },
    });
    this.#logs = logs;
    this.#grants = document;
  }

  /** Lets them do more than their needs say: what AWS does in their name. */
  may(statement: PolicyStatement): void {
    this.#grants.addStatements(statement);
  }

  /** The group's own ARN, which covers its streams. */
  writeTo(group: LogGroup): void {
    this.#logs.addResources(group.logGroupArn);
  }
}
