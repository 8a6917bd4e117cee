import { optionsFrom, requireContextPassedOn, requireKnownKeys } from '../../lib/options.ts';
import { UsageError } from '../../lib/usage-error.ts';

const from = (context: Readonly<Record<string, unknown>>) => optionsFrom((key) => context[key]);

test('without any context everything has its default', () => {
  expect(from({})).toEqual({
    stage: 'dev',
    logRetentionDays: 400,
    tracing: false,
    requestsPerSecond: 600,
    passwordRequestsPerSecond: 50,
    defaultAddress: true,
    contextPath: '/crafter-profile',
    settings: {},
  });
});

test('values may be text, as on the command line, or JSON, as in cdk.json', () => {
  expect(
    from({ stage: 'production', tracing: true, logRetentionDays: '30', lockThreshold: 5, wireLine: '3.0' }),
  ).toEqual({
    stage: 'production',
    logRetentionDays: 30,
    tracing: true,
    requestsPerSecond: 600,
    passwordRequestsPerSecond: 50,
    defaultAddress: true,
    contextPath: '/crafter-profile',
    settings: { lockThreshold: '5', wireLine: '3.0' },
  });
});

test.each([
  [{ domainName: 'id.org' }, 'domainName needs a certificateArn'],
  [{ certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1-2' }, 'certificateArn is for a domainName'],
  [{ defaultAddress: false }, 'defaultAddress=false leaves no address'],
  [{ domainName: 'https://id.org' }, 'must be a domain name in lower case'],
])('addresses that do not go together are refused: %j', (given, fault) => {
  expect(() => from(given)).toThrow(fault);
});

test('every fault is named at once', () => {
  const faulty = {
    stage: 'Prod!',
    alarmEmail: 'ops',
    lockMinutes: 'ten',
    wireLine: '2.0',
    contextPath: 'x/',
    tracing: [],
  };
  expect(() => from(faulty)).toThrow(
    [
      'CDK context: alarmEmail=ops must be an e-mail address',
      'stage="Prod!" must be 1 to 20 lower-case letters, digits and dashes and start with a letter',
      'tracing must be text, a number or a boolean',
      'contextPath=x/ must be empty or like /crafter-profile, without a slash at its end',
      'lockMinutes=ten must be a whole number from 0 to 9999999999',
      'wireLine=2.0 must be 3.1, 3.1.0 or 3.0',
    ].join('; '),
  );
});

test.each([
  [['mailSendr'], 'There is no option "mailSendr" of the CDK context; did you mean "mailSender"?'],
  [
    ['Stage', 'log_retention_days'],
    'There is no option "Stage" of the CDK context; did you mean "stage"?\nThere is no option "log_retention_days" of the CDK context; did you mean "logRetentionDays"?',
  ],
])('keys %j are told apart from the options that they look like', (keys, message) => {
  expect(() => requireKnownKeys(keys)).toThrow(new UsageError(message));
});

test('keys of CDK, and of whoever has others, are left alone', () => {
  expect(() =>
    requireKnownKeys(['stage', 'ticketAgeSeconds', '@aws-cdk/core:stage', 'aws:cdk:stage', 'cli-telemetry', 'vpc']),
  ).not.toThrow();
});

test.each([
  [{ npm_config_call: 'stage=production', npm_lifecycle_event: 'deploy' }, '-c', 'deploy -- -c stage=production'],
  [{ npm_config_context: 'true' }, '--context', 'synth -- -c key=value'],
  [{ npm_config_context: 'stage=production' }, '--context', 'synth -- -c stage=production'],
])('context that npm has kept to itself is told: %j', (environment, option, line) => {
  expect(() => requireContextPassedOn(environment)).toThrow(
    new UsageError(
      `npm took ${option} for its own: put it after "--" (in PowerShell "'--'", with its quotes), as in "npm run ${line}"`,
    ),
  );
});

test.each([{}, { npm_config_call: '' }, { npm_config_call: 'cdk synth -c stage=production' }])(
  'an environment of npm without any is fine: %j',
  (environment) => {
    expect(() => requireContextPassedOn(environment)).not.toThrow();
  },
);

test('the example is no stage', () => {
  expect(() => from({ stage: 'example' })).toThrow(
    new UsageError('CDK context: stage=example is the example to copy: choose another name'),
  );
});
