import { endpoints } from '../../lib/endpoints.ts';
import { pascal } from '../../lib/needs.ts';
import { routeKeysOf } from '../../lib/routes.ts';
import { bundles, environmentOf, type Json, resourcesOf } from './environment.ts';

const { api } = environmentOf('dev');
const routes = resourcesOf(api, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
const targetOf = (id: string) => ({ 'Fn::Join': ['', ['integrations/', { Ref: `${id}Integration` }]] });
const stage = api.Resources.Stage?.Properties;

test.each(endpoints)('$contract.operationId has its routes, all on its own function', ({ contract }) => {
  const id = pascal(contract.operationId);
  const target = JSON.stringify(targetOf(id));
  const own = routes.filter(({ Target }) => JSON.stringify(Target) === target).map(({ RouteKey }) => RouteKey);
  expect(own).toEqual(routeKeysOf(contract, '/crafter-profile'));
  expect(api.Resources[`${id}Integration`]?.Properties).toMatchObject({
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: { 'Fn::GetAtt': [`${id}Function`, 'Arn'] },
    PayloadFormatVersion: '2.0',
  });
});

/** The functions that a stream and a clock call. */
const BY_OTHERS = ['sweep-tenants', 'watch'];

test('what no endpoint takes goes to the fallback function', () => {
  expect(routes.find(({ RouteKey }) => RouteKey === '$default')?.Target).toEqual(targetOf('Fallback'));
});

test('no two routes are the same', () => {
  expect(new Set(routes.map(({ RouteKey }) => RouteKey)).size).toBe(routes.length);
});

test('the context path moves every route', () => {
  const moved = resourcesOf(environmentOf('elsewhere').api, 'AWS::ApiGatewayV2::Route');
  const keys = moved.map(([, { Properties }]) => Properties.RouteKey).filter((key) => key !== '$default');
  for (const key of keys) expect(key).toMatch(/^(GET|POST) \/api\/1\//);
});

test('API Gateway calls each function behind it, and no other, in one role', () => {
  const { AssumeRolePolicyDocument, Policies } = api.Resources.Caller?.Properties ?? {};
  expect(AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'apigateway.amazonaws.com' });
  const [statement, ...others] = Policies[0].PolicyDocument.Statement;
  expect(others).toEqual([]);
  expect(statement).toMatchObject({ Action: 'lambda:InvokeFunction', Effect: 'Allow' });
  const integrations = resourcesOf(api, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) => Properties);
  expect(integrations).toHaveLength(bundles.length - BY_OTHERS.length);
  const arnOf = (value: Json) => value['Fn::GetAtt'].join('.');
  expect(statement.Resource.map(arnOf).sort()).toEqual(
    integrations.map(({ IntegrationUri }) => arnOf(IntegrationUri)).sort(),
  );
  for (const { CredentialsArn } of integrations) expect(CredentialsArn).toEqual({ 'Fn::GetAtt': ['Caller', 'Arn'] });
  expect(resourcesOf(api, 'AWS::Lambda::Permission').map(([id]) => id)).toEqual(['WatchHourlyPermission']);
});

test('the role of API Gateway stays below what IAM holds in line, with room for more functions', () => {
  // An ARN has up to 140 characters: the name of a function is cut to 64.
  expect(bundles.length * 143).toBeLessThan(10_240 - 500);
});

test('every route is throttled, those that hash passwords more, their .json twins too', () => {
  const { api: throttled } = environmentOf('configured');
  const { DefaultRouteSettings, RouteSettings } = throttled.Resources.Stage?.Properties ?? {};
  expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 300, ThrottlingBurstLimit: 600 });
  const hashing = endpoints.filter(({ contract }) => contract.hashesPasswords);
  const keys = hashing.flatMap(({ contract }) => routeKeysOf(contract, '/crafter-profile'));
  const limit = { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 14 };
  expect(RouteSettings).toEqual(Object.fromEntries(keys.map((key) => [key, limit])));
  expect(RouteSettings).toHaveProperty(['POST /crafter-profile/api/1/authentication/authenticate.json']);
});

test('the stage waits for the routes that it names', () => {
  const named = Object.keys(stage.RouteSettings);
  const waitedFor = [api.Resources.Stage?.DependsOn].flat().map((id) => api.Resources[id]?.Properties.RouteKey);
  expect(waitedFor.sort()).toEqual(named.sort());
});

test('the access log has neither paths nor queries nor addresses', () => {
  const { Format, DestinationArn } = stage.AccessLogSettings;
  expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['StageAccessLog', 'Arn'] });
  const variables = [...Format.matchAll(/\$context\.([\w.]+)/g)].map(([, variable]) => variable);
  expect(variables).toEqual([
    'requestId',
    'requestTimeEpoch',
    'routeKey',
    'status',
    'responseLatency',
    'integrationLatency',
    'integrationStatus',
    'integration.requestId',
    'integrationErrorMessage',
    'responseLength',
    'error.responseType',
  ]);
  expect(Object.values(JSON.parse(Format))).toHaveLength(variables.length);
});
