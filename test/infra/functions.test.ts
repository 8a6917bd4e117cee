import { settingTable } from '../../functions/shared/config/settings.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { environmentNamesOf, pascal } from '../../lib/needs.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { bundles, environmentOf, resourcesOf } from './environment.ts';

const { api, data } = environmentOf('configured');

const imported = (value: string) => ({ 'Fn::ImportValue': `ServerlessProfile-dev-${value}` });

/** What every setting comes to in this environment; the others were not given, so their variables are absent. */
const values: Readonly<Record<string, unknown>> = {
  PROFILES_TABLE: imported('ProfilesTableName'),
  TOKENS_TABLE: imported('TokensTableName'),
  TICKETS_TABLE: imported('TicketsTableName'),
  ATTACHMENTS_BUCKET: imported('AttachmentsBucketName'),
  MAIL_SENDER: 'sender@invalid',
  STAGE: 'dev',
  PACKAGE_VERSION: packageJson.version,
  TICKET_AGE_SECONDS: '600',
  LINK_ALLOW_LIST: 'https://app.example.com',
};

describe.each(endpoints)('the function of $contract.operationId', (endpoint) => {
  const { contract, name } = endpoint;
  const { Properties, Metadata } = api.Resources[`${pascal(contract.operationId)}Function`] ?? {};

  test('is the bundle of the endpoint, as sam local invoke finds it', () => {
    expect(Properties).toMatchObject({ Handler: 'index.handler', Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expect(Metadata['aws:asset:path'].endsWith(`/bundles/${name}`)).toBe(true);
    expect(Metadata['aws:asset:property']).toBe('Code');
  });

  test('has exactly the environment that it reads', () => {
    const variables = environmentNamesOf(endpoint).map((setting) => settingTable[setting].variable);
    const expected = Object.entries(values).filter(([variable]) => variables.some((name) => name === variable));
    expect(Properties.Environment?.Variables ?? {}).toEqual(Object.fromEntries(expected));
  });

  test('has the memory that its contract asks for and answers before the gateway gives up', () => {
    const computes = contract.hashesPasswords || contract.readsManyProfiles;
    expect(Properties).toMatchObject({ MemorySize: computes ? 1769 : 512, Timeout: 29 });
  });
});

test('there is one function for every bundle, each with other code', () => {
  const functions = resourcesOf(api, 'AWS::Lambda::Function');
  const keys = functions.map(([, { Properties }]) => Properties.Code.S3Key);
  expect(new Set(keys).size).toBe(bundles.length);
});

test('all functions log to one group, as JSON', () => {
  expect(data.Resources.FunctionLog?.Properties.LogGroupName).toBe('/serverless-profile/dev/functions');
  for (const [, { Properties }] of resourcesOf(api, 'AWS::Lambda::Function'))
    expect(Properties.LoggingConfig).toMatchObject({
      LogGroup: '/serverless-profile/dev/functions',
      LogFormat: 'JSON',
    });
});

test('no function reserves concurrency or is traced', () => {
  for (const [, { Properties }] of resourcesOf(api, 'AWS::Lambda::Function')) {
    expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(Properties).not.toHaveProperty('TracingConfig');
  }
});

test('every log group forgets after the time that was asked for', () => {
  const groups = [api, data].flatMap((template) => resourcesOf(template, 'AWS::Logs::LogGroup'));
  expect(groups).toHaveLength(2);
  for (const [, { Properties }] of groups) expect(Properties.RetentionInDays).toBe(30);
});

test('with the tracing switch every function is traced', () => {
  for (const [, { Properties }] of resourcesOf(environmentOf('production').api, 'AWS::Lambda::Function'))
    expect(Properties.TracingConfig).toEqual({ Mode: 'Active' });
});
