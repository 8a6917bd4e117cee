import { dependencies } from '../../functions/sweep-tenants.ts';
import { dependencies as watchDependencies } from '../../functions/watch.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { callsOf } from '../../lib/intents.ts';
import { nameOfNeeds, needsOf, pascal } from '../../lib/needs.ts';
import { optionKeys } from '../../lib/options.ts';
import { routeKeysOf } from '../../lib/routes.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { environmentOf, resourcesOf } from './environment.ts';

/** Some way below what CloudFormation (500) and API Gateway (300) allow: room for what an operator adds. */
const LIMIT = { resources: 450, routes: 250 };

const { data, api } = environmentOf('watched');

const idsOf = ({ operationId, ...rest }: (typeof endpoints)[number]['contract']) => {
  const twins = routeKeysOf({ ...rest }, '').slice(1);
  return [
    ...['Function', 'Integration', 'Route'],
    ...twins.map((key) => (key.endsWith('.json') ? 'JsonRoute' : 'SuffixRoute')),
  ].map((part) => `${pascal(operationId)}${part}`);
};

test('logical ids of the data stack never change', () => {
  const tables = ['ProfilesTable', 'TicketsTable', 'TokensTable'];
  const ids = ['AttachmentsBucket', 'AttachmentsBucketPolicy', 'FunctionLog', ...tables];
  expect(Object.keys(environmentOf('production').data.Resources).sort()).toEqual(ids);
  const emptying = ['Role', 'Handler'].map((part) => `CustomS3AutoDeleteObjectsCustomResourceProvider${part}`);
  expect(Object.keys(data.Resources).sort()).toEqual(
    [...ids, 'AttachmentsBucketAutoDeleteObjectsCustomResource', ...emptying].sort(),
  );
});

test('logical ids of the API stack follow from operation ids and needs alone', () => {
  const roles = endpoints.map((endpoint) => `Role${nameOfNeeds(needsOf(endpoint))}`);
  const expected = [
    ...endpoints.flatMap(({ contract }) => idsOf(contract)),
    ...roles,
    'RoleNothing',
    `Role${nameOfNeeds({ calls: callsOf(dependencies), followsProfiles: true })}`,
    ...['FallbackFunction', 'FallbackIntegration', 'FallbackRoute'],
    ...['SweepTenantsFunction', 'SweepTenantsSource'],
    ...['SweepTenantsGivenUp', 'SweepTenantsGivenUpPolicy', 'AlarmSweepsGivenUp'],
    ...['WatchFunction', 'WatchHourly', 'WatchHourlyPermission'],
    ...['AlarmOpenChanges', 'AlarmAccessTokensEnd', 'AlarmWaitingForMail', 'AlarmWatchErrors'],
    `Role${nameOfNeeds({ calls: callsOf(watchDependencies) })}`,
    ...['Api', 'Caller', 'Stage', 'StageAccessLog'],
    ...['AlarmTopic', 'AlarmTopicPolicy', 'AlarmTopicopsexamplecom', 'AlarmThrottledRequests'],
    ...['AlarmServerErrors', 'AlarmThrottles', 'AlarmFunctionErrors', 'AlarmFunctionThrottles', 'AlarmSweepErrors'],
    ...['AlarmBounces', 'AlarmComplaints', 'AlarmMailFailed'],
    ...['AlarmProfilesThrottled', 'AlarmTokensThrottled', 'AlarmTicketsThrottled', 'Dashboard'],
    ...['accesstoken', 'authentication', 'monitoring', 'profile', 'tenant'].map((group) => `DashboardFailed${group}`),
  ];
  expect(Object.keys(api.Resources).sort()).toEqual([...new Set(expected)].sort());
});

test('the API stack stays below what CloudFormation and API Gateway allow, with every option on', () => {
  const largest = environmentOf('production').api;
  expect(Object.keys(largest.Resources).length).toBeLessThan(LIMIT.resources);
  expect(resourcesOf(largest, 'AWS::ApiGatewayV2::Route').length).toBeLessThan(LIMIT.routes);
});

test('an endpoint costs its routes and two resources more', () => {
  const ofEndpoint = (id: string) => Object.keys(api.Resources).filter((name) => name.startsWith(id));
  expect(ofEndpoint('ResetPassword')).toHaveLength(2 + 2);
});

test('outputs name what the operator commands and clients need', () => {
  expect(Object.keys(data.Outputs)).toEqual(
    expect.arrayContaining(['ProfilesTableName', 'TokensTableName', 'TicketsTableName', 'AttachmentsBucketName']),
  );
  expect(Object.keys(api.Outputs).sort()).toEqual(['ApiUrl', 'WireLine']);
  expect(api.Outputs.WireLine.Value).toBe('3.1');
  expect(environmentOf('elsewhere').api.Outputs.WireLine.Value).toBe('3.0');
});

test('cfn-lint is told of the one rule that CDK breaks', () => {
  for (const { Metadata } of [data, api])
    expect(Metadata['cfn-lint']).toEqual({ config: { ignore_checks: ['W3005'] } });
});

test('no parameter is left for CloudFormation to remember, but that of CDK, which is read anew each time', () => {
  for (const { Parameters } of [data, api])
    expect(Parameters).toEqual({
      BootstrapVersion: expect.objectContaining({ Type: 'AWS::SSM::Parameter::Value<String>' }),
    });
});

test('mail comes from the sender of the stage, or from none that could send', () => {
  const senderIn = ({ Resources }: typeof api) => Resources.ResetPasswordFunction?.Properties.Environment.Variables;
  expect(senderIn(environmentOf('elsewhere').api).MAIL_SENDER).toBe('no-reply@example.com');
  expect(senderIn(api).MAIL_SENDER).toBe('sender@invalid');
});

test('the template says which version and settings it is of, with their defaults', () => {
  const { version, settings } = environmentOf('configured').api.Metadata['serverless-profile'];
  expect(version).toBe(packageJson.version);
  expect(settings).toMatchObject({
    ticketAgeSeconds: '600',
    requestsPerSecond: '300',
    lockMinutes: '10',
    alarmEmail: '',
  });
  expect(Object.keys(settings)).toEqual([...optionKeys(), 'restored']);
});

test('every alarm tells the address that was given', () => {
  const alarms = resourcesOf(api, 'AWS::CloudWatch::Alarm');
  expect(alarms).toHaveLength(16);
  for (const [, { Properties }] of alarms) expect(Properties.AlarmActions).toEqual([{ Ref: 'AlarmTopic' }]);
  expect(resourcesOf(api, 'AWS::SNS::Subscription')[0]?.[1].Properties.Endpoint).toBe('ops@example.com');
});

test('an hourly look tells of what waits, and an hour without it turns no alarm green', () => {
  expect(api.Resources.WatchHourly?.Properties).toMatchObject({
    ScheduleExpression: 'rate(1 hour)',
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': ['WatchFunction', 'Arn'] } }],
  });
  expect(api.Resources.WatchHourlyPermission?.Properties).toMatchObject({
    Principal: 'events.amazonaws.com',
    FunctionName: { 'Fn::GetAtt': ['WatchFunction', 'Arn'] },
    SourceArn: { 'Fn::GetAtt': ['WatchHourly', 'Arn'] },
  });
  const waiting = ['AlarmOpenChanges', 'AlarmAccessTokensEnd', 'AlarmWaitingForMail'];
  expect(waiting.map((id) => api.Resources[id]?.Properties)).toEqual([
    expect.objectContaining({ Statistic: 'Maximum', Threshold: 7200, TreatMissingData: 'ignore' }),
    expect.objectContaining({
      Statistic: 'Minimum',
      Threshold: 14,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
    }),
    expect.objectContaining({ Statistic: 'Maximum', Threshold: 1, TreatMissingData: 'ignore' }),
  ]);
  for (const id of waiting)
    expect(api.Resources[id]?.Properties).toMatchObject({
      Period: 3600,
      Dimensions: [{ Name: 'stage', Value: 'dev' }],
      AlarmDescription: expect.stringContaining('npm run admin -- '),
    });
});

test('without an address there is no topic', () => {
  expect(resourcesOf(environmentOf('dev').api, 'AWS::SNS::Topic')).toEqual([]);
});

test('the sweep worker is called for open sweeps only, one at a time, and not for ever', () => {
  expect(api.Resources.SweepTenantsSource?.Properties).toMatchObject({
    EventSourceArn: { 'Fn::ImportValue': 'ServerlessProfile-dev-ProfilesStreamArn' },
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 3,
    BisectBatchOnFunctionError: false,
    MaximumRetryAttempts: 200,
    MaximumRecordAgeInSeconds: 43_200,
    FilterCriteria: {
      Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"],"dynamodb":{"Keys":{"pk":{"S":["SWEEP"]}}}}' }],
    },
  });
  expect(api.Resources.SweepTenantsFunction?.Properties.Timeout).toBe(900);
});

test('what the stream gives up goes to an encrypted queue, whose alarm stays red until it is empty and says what to do', () => {
  const queue = { 'Fn::GetAtt': ['SweepTenantsGivenUp', 'Arn'] };
  expect(api.Resources.SweepTenantsSource?.Properties.DestinationConfig).toEqual({ OnFailure: { Destination: queue } });
  expect(api.Resources.SweepTenantsGivenUp?.Properties).toEqual(
    expect.objectContaining({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 }),
  );
  const [statement] = api.Resources.SweepTenantsGivenUpPolicy?.Properties.PolicyDocument.Statement ?? [];
  expect(statement).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  const { AlarmDescription, ...alarm } = api.Resources.AlarmSweepsGivenUp?.Properties ?? {};
  expect(alarm).toMatchObject({ Threshold: 1, Statistic: 'Maximum', TreatMissingData: 'ignore' });
  const [text, queueUrl] = AlarmDescription['Fn::Join'][1];
  expect(text).toMatch(/npm run admin -- sweep --stage dev, then aws sqs purge-queue --queue-url $/);
  expect(queueUrl).toEqual({ Ref: 'SweepTenantsGivenUp' });
});
