import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * The role in which API Gateway calls the functions, and those alone: one resource in place of a permission of each function, which would take the stack
 * to its limit.
 */
export class ApiGatewayRole extends Role {
  readonly #calls: PolicyStatement;

  constructor(scope: Construct, id: string) {
    const calls = new PolicyStatement({ actions: ['lambda:InvokeFunction'] });
    super(scope, id, {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      inlinePolicies: { calls: new PolicyDocument({ statements: [calls] }) },
    });
    this.#calls = calls;
  }

  /** Lets it call this function. */
  mayCall({ functionArn }: LambdaFunction): void {
    this.#calls.addResources(functionArn);
  }
}
