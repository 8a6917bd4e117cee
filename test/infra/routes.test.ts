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

test('the stage has limits for no route that is not there', () => {
  for (const context of ['dev', 'elsewhere'] as const) {
    const { api: one } = environmentOf(context);
    const keys = resourcesOf(one, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
    expect(keys).toEqual(expect.arrayContaining(Object.keys(one.Resources.Stage?.Properties.RouteSettings)));
  }
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
  expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 150, ThrottlingBurstLimit: 300 });
  const hashing = endpoints.filter(({ contract }) => contract.hashesPasswords);
  const keys = hashing.flatMap(({ contract }) => routeKeysOf(contract, '/crafter-profile'));
  for (const key of keys) expect(RouteSettings[key]).toEqual({ ThrottlingRateLimit: 4, ThrottlingBurstLimit: 7 });
  expect(keys).toContain('POST /crafter-profile/api/1/authentication/authenticate.json');
});

/** What of API Gateway is made before a resource of it. */
function madeBefore(id: string): readonly string[] {
  const ids = [api.Resources[id]?.DependsOn ?? []].flat();
  return ids.filter((one: string) => api.Resources[one]?.Type.startsWith('AWS::ApiGatewayV2::'));
}

/** How many resources of API Gateway have to be made, one after the other, before this one. */
const level = (id: string): number => Math.max(0, ...madeBefore(id).map((one) => level(one) + 1));

const ofApi = ['Integration', 'Route'].flatMap((type) =>
  resourcesOf(api, `AWS::ApiGatewayV2::${type}`).map(([id]) => id),
);

test('API Gateway is never asked for more than 15 integrations and routes at once', () => {
  expect(ofApi.length).toBeGreaterThan(150);
  const ids = Map.groupBy(ofApi, level);
  for (const [depth, { length }] of ids) expect([depth, length <= 15]).toEqual([depth, true]);
  // In rows: none is waited for by two, so that no more than the first level can begin at any time.
  const waitedFor = ofApi.flatMap(madeBefore);
  expect(new Set(waitedFor).size).toBe(waitedFor.length);
});

test('the stage is made after every route', () => {
  const before = new Set<string>();
  const walk = (id: string): void => {
    for (const one of madeBefore(id)) {
      before.add(one);
      walk(one);
    }
  };
  walk('Stage');
  expect([...before].sort()).toEqual([...ofApi].sort());
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
