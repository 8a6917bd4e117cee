import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export interface FunctionRoleProps {
  readonly grants: readonly PolicyStatement[];
  /** Of the log group, which covers its streams. */
  readonly logArn: string;
}

/** The role of all functions with the same needs: their grants, and writing to the log. */
export class FunctionRole extends Role {
  readonly #grants: PolicyDocument;

  constructor(scope: Construct, id: string, { grants, logArn }: FunctionRoleProps) {
    const toLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logArn],
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
