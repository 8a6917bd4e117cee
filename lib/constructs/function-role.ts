import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface FunctionRoleProps {
  readonly grants: readonly PolicyStatement[];
  readonly log: LogGroup;
}

/** The role of all functions with the same needs: their grants, and writing to the log. */
export class FunctionRole extends Role {
  readonly #grants: PolicyDocument;

  constructor(scope: Construct, id: string, { grants, log }: FunctionRoleProps) {
    const toLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The group's own ARN covers its streams.
      resources: [log.logGroupArn],
    });
    const document = new PolicyDocument({ statements: [...grants, toLog] });
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { grants: document },
    });
    this.#grants = document;
  }

  /** Lets them do more than their needs say: what AWS does in their name. */
  may(statement: PolicyStatement): void {
    this.#grants.addStatements(statement);
  }
}
