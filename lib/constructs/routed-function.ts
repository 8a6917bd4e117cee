import { Stack } from 'aws-cdk-lib';
import { type CfnApi, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';

export interface RoutedFunctionProps extends BundledFunctionProps {
  readonly api: CfnApi;
  readonly routeKeys: readonly string[];
}

function routeId(routeKey: string): string {
  if (routeKey.endsWith('.json')) return 'JsonRoute';
  return routeKey.endsWith('/{suffix}') ? 'SuffixRoute' : 'Route';
}

/**
 * A function behind the API: one integration for all its routes and one invoke permission for the whole API. CDK's own routes would make a
 * permission for each route, which takes the stack to its limit of resources.
 */
export class RoutedFunction extends BundledFunction {
  readonly routes: readonly CfnRoute[];

  constructor(scope: Construct, id: string, props: RoutedFunctionProps) {
    super(scope, id, props);
    const { api, routeKeys } = props;
    const { functionArn } = this.function;
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: functionArn,
      payloadFormatVersion: '2.0',
    });
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'execute-api', resource: api.ref, resourceName: '*' }),
    });
    const target = `integrations/${integration.ref}`;
    this.routes = routeKeys.map(
      (routeKey) =>
        new CfnRoute(this, routeId(routeKey), { apiId: api.ref, routeKey, target, authorizationType: 'NONE' }),
    );
  }
}
