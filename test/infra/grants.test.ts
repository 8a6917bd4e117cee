import { type Call, places } from '../../functions/shared/config/calls.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { isKind, needsOf, pascal, wordsOf } from '../../lib/needs.ts';
import { environmentOf, type Json, resourcesOf } from './environment.ts';

const { api } = environmentOf('dev');

const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';

/** A resource as one text: `Fn::Join` joined, references as `<…>`, imports by the name of what is imported. */
function flat(resource: Json): string {
  if (typeof resource === 'string') return resource;
  if (resource['Fn::Join']) return resource['Fn::Join'][1].map(flat).join('');
  if (resource['Fn::ImportValue']) return resource['Fn::ImportValue'].replace('ServerlessProfile-dev-', '');
  if (resource['Fn::GetAtt']) return resource['Fn::GetAtt'].join('.');
  return `<${resource.Ref}>`;
}

/** Where and on what condition something is allowed, and what. */
interface Grant {
  readonly on: string;
  /** Of the partition keys; absent: the statement has no such condition. */
  readonly keys?: readonly string[];
  readonly actions: readonly string[];
}

function statementsOf(functionId: string): readonly Json[] {
  const role = api.Resources[functionId]?.Properties.Role['Fn::GetAtt'][0];
  const { Policies, ManagedPolicyArns } = api.Resources[role]?.Properties ?? {};
  expect(ManagedPolicyArns).toBeUndefined();
  return Policies[0].PolicyDocument.Statement;
}

/** Everything a function may do, as its role says, sorted. */
function grantsOf(functionId: string): readonly Grant[] {
  const grants = statementsOf(functionId).flatMap(({ Action, Resource, Effect, Condition }) => {
    expect(Effect).toBe('Allow');
    const keys: string[] | undefined = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return [Resource]
      .flat()
      .map(flat)
      .map((on) => ({ on, ...(keys && { keys }), actions: [Action].flat().sort() }));
  });
  return grants.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const withoutLogs = (grants: readonly Grant[]) => grants.filter(({ on }) => on !== 'FunctionLogArn');
const byOn = (grants: readonly Grant[]) =>
  Object.fromEntries(grants.map(({ on, keys, actions }) => [[on, ...(keys ?? [])].join(' '), actions]));

/** The grants as the calls that they allow: `Verb on keys`. */
const allowedCalls = (grants: readonly Grant[]) =>
  grants.flatMap(({ on, keys = [''], actions }) =>
    keys.flatMap((key) => actions.map((action) => `${on} ${key} ${action}`)),
  );

/** What the calls that an endpoint declares need, told apart from the way in which statements are put together. */
function neededFor(call: Call): readonly string[] {
  const { verb, object } = wordsOf(call);
  if (isKind(object)) {
    const { table, leadingKey } = places[object];
    const actions = verb === 'Get' ? ['GetItem', 'BatchGetItem'] : [verb];
    return actions.map((action) => `${pascal(table)}TableArn ${leadingKey} dynamodb:${action}`);
  }
  const others: Readonly<Record<string, readonly string[]>> = {
    Query: [`ProfilesTableArn/index/${object}  dynamodb:Query`],
    GetObject: ['AttachmentsBucketArn/*  s3:GetObject', 'AttachmentsBucketArn  s3:ListBucket'],
    PutObject: ['AttachmentsBucketArn/*  s3:PutObject'],
    DeleteObjects: ['AttachmentsBucketArn/*  s3:DeleteObject'],
    ListObjects: ['AttachmentsBucketArn  s3:ListBucket'],
    SendEmail: [`${SES}:identity/*  ses:SendEmail`, `${SES}:configuration-set/*  ses:SendEmail`],
  };
  return others[verb] ?? [];
}

test.each(endpoints)('$contract.operationId may do what its intents call and nothing else', (endpoint) => {
  const id = pascal(endpoint.contract.operationId);
  const grants = grantsOf(`${id}Function`);
  const needed = new Set(needsOf(endpoint).calls.flatMap(neededFor));
  expect(allowedCalls(withoutLogs(grants)).sort()).toEqual([...needed].sort());
  const log = grants.find(({ on }) => on === 'FunctionLogArn');
  expect(log?.actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
});

test('resetPassword, spelt out', () => {
  expect(byOn(withoutLogs(grantsOf('ResetPasswordFunction')))).toEqual({
    'ProfilesTableArn PROFILE#* TENANT TENANT_BODY': ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    'TokensTableArn ACCESS_TOKEN ACCESS_TOKEN_BODY AUDIT_KEY': ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    'TokensTableArn VERIFICATION#*': ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
    [`${SES}:identity/*`]: ['ses:SendEmail'],
    [`${SES}:configuration-set/*`]: ['ses:SendEmail'],
  });
});

test('access tokens are written by the two endpoints for them, and by no other function', () => {
  const writers = resourcesOf(api, 'AWS::Lambda::Function').flatMap(([id]) =>
    grantsOf(id).some(
      ({ on, keys, actions }) =>
        on === 'TokensTableArn' &&
        (keys ?? ['ACCESS_TOKEN']).some((key) => key.startsWith('ACCESS_TOKEN')) &&
        actions.some((action) => !/:(Get|BatchGetItem|Query)/.test(action)),
    )
      ? [id]
      : [],
  );
  expect(writers.sort()).toEqual(['CreateAccessTokenFunction', 'DeleteAccessTokenFunction']);
});

test('what hashes of Firebase are made with is read by the sign-in alone', () => {
  const readers = resourcesOf(api, 'AWS::Lambda::Function').flatMap(([id]) =>
    grantsOf(id).some(
      ({ keys = [], actions }) =>
        keys.includes('FIREBASE_KEYS') && actions.some((action) => /:(Get|BatchGet|Query|Update)/.test(action)),
    )
      ? [id]
      : [],
  );
  expect(readers).toEqual(['AuthenticateFunction']);
});

test('every statement on items of a table is held to partitions', () => {
  for (const [id] of resourcesOf(api, 'AWS::Lambda::Function'))
    for (const { on, keys } of grantsOf(id))
      expect([id, on, on.endsWith('TableArn')]).toEqual([id, on, keys !== undefined]);
});

test('the fallback function may write its log and nothing else', () => {
  expect(withoutLogs(grantsOf('FallbackFunction'))).toEqual([]);
});

test('the sweep worker may change profiles, follow their stream and delete attachments', () => {
  expect(byOn(withoutLogs(grantsOf('SweepTenantsFunction')))).toEqual({
    'ProfilesTableArn INDEX#* PROFILE#* TENANT_BODY': ['dynamodb:PutItem'],
    'ProfilesTableArn INDEX#* PROFILE#* SWEEP': ['dynamodb:Query'],
    'ProfilesTableArn INDEX#* LOGIN#* MAIL_REFUSED PROFILE#* SWEEP': ['dynamodb:DeleteItem'],
    'ProfilesTableArn PROFILE#*': ['dynamodb:ConditionCheckItem'],
    'ProfilesTableArn PROFILE#* SWEEP TENANT': ['dynamodb:UpdateItem'],
    'ProfilesTableArn PROFILE#* SWEEP TENANT TENANT_BODY': ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    'ProfilesTableArn/index/byTenant': ['dynamodb:Query'],
    ProfilesStreamArn: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    'AttachmentsBucketArn/*': ['s3:DeleteObject'],
    AttachmentsBucketArn: ['s3:ListBucket'],
    'SweepTenantsGivenUp.Arn': ['sqs:SendMessage'],
  });
});

test('the hourly look may read, and take notes on refused mail and on hashes of other stores away', () => {
  expect(byOn(withoutLogs(grantsOf('WatchFunction')))).toEqual({
    'ProfilesTableArn FOREIGN_HASHES MAIL_REFUSED SWEEP': ['dynamodb:Query'],
    'ProfilesTableArn FIREBASE_KEYS FOREIGN_HASHES MAIL_REFUSED': ['dynamodb:DeleteItem'],
    'ProfilesTableArn FOREIGN_HASHES PROFILE#* TENANT': ['dynamodb:UpdateItem'],
    'ProfilesTableArn PROFILE#* TENANT TENANT_BODY': ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    'ProfilesTableArn/index/byTenant': ['dynamodb:Query'],
    'TokensTableArn ACCESS_TOKEN': ['dynamodb:Query'],
  });
});

test('mail can only be sent from the one sender', () => {
  const statements = resourcesOf(api, 'AWS::IAM::Role').flatMap(([, { Properties }]) =>
    Properties.Policies[0].PolicyDocument.Statement.filter(({ Action }: Json) => Action === 'ses:SendEmail'),
  );
  expect(statements.length).toBeGreaterThan(0);
  for (const { Condition } of statements)
    expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'sender@invalid' } });
});

test('functions with the same needs share a role, others do not', () => {
  const needs = (id: string) => JSON.stringify(withoutLogs(grantsOf(id)));
  const functions = resourcesOf(api, 'AWS::Lambda::Function').map(([id]) => id);
  const roles = resourcesOf(api, 'AWS::IAM::Role').filter(([id]) => id !== 'Caller');
  expect(roles).toHaveLength(new Set(functions.map(needs)).size);
});

test('the only wildcards are objects of the bucket and identities for the one sender', () => {
  const grants = resourcesOf(api, 'AWS::Lambda::Function').flatMap(([id]) => grantsOf(id));
  const wild = grants.filter(({ on, actions }) => `${on}${actions}`.includes('*')).map(({ on }) => on);
  expect([...new Set(wild)].sort()).toEqual(
    [`${SES}:configuration-set/*`, `${SES}:identity/*`, 'AttachmentsBucketArn/*'].sort(),
  );
  expect(resourcesOf(api, 'AWS::IAM::Policy')).toEqual([]);
});
