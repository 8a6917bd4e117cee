import { type CfnApi, CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { ApiGatewayRole } from './api-gateway-role.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import type { CreationRows } from './creation-rows.ts';

/** The API that a function is behind, the role in which it is called, and the rows in which its routes are made. */
export interface BehindApi {
  readonly api: CfnApi;
  readonly caller: ApiGatewayRole;
  readonly rows: CreationRows;
}

export interface RoutedFunctionProps extends BundledFunctionProps, BehindApi {
  readonly routeKeys: readonly string[];
}

function routeId(routeKey: string): string {
  if (routeKey.endsWith('.json')) return 'JsonRoute';
  return routeKey.endsWith('/{suffix+}') ? 'SuffixRoute' : 'Route';
}

/**
 * A function behind the API: one integration for all its routes. CDK's own routes would make a permission for each route, which takes the stack
 * to its limit of resources.
 */
export class RoutedFunction extends BundledFunction {
  constructor(scope: Construct, id: string, props: RoutedFunctionProps) {
    super(scope, id, props);
    const { api, caller, rows, routeKeys } = props;
    caller.mayCall(this.function);
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: this.function.functionArn,
      credentialsArn: caller.roleArn,
      payloadFormatVersion: '2.0',
    });
    const target = `integrations/${integration.ref}`;
    const routes = routeKeys.map(
      (routeKey) =>
        new CfnRoute(this, routeId(routeKey), { apiId: api.ref, routeKey, target, authorizationType: 'NONE' }),
    );
    rows.add([integration, ...routes]);
  }
}
