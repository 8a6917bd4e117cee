import type { Access, Contract } from '../../functions/shared/http/contract.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { pascal } from '../../lib/needs.ts';
import { type Json, resourcesOf, synthesise } from './environment.ts';

const { api } = synthesise();

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];
const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';

/** A resource as one text: `Fn::Join` joined, references as `<…>`, imports by the name of what is imported. */
function flat(resource: Json): string {
  if (typeof resource === 'string') return resource;
  if (resource['Fn::Join']) return resource['Fn::Join'][1].map(flat).join('');
  if (resource['Fn::ImportValue']) return resource['Fn::ImportValue'].replace('ServerlessProfile-dev-', '');
  if (resource['Fn::GetAtt']) return resource['Fn::GetAtt'].join('.');
  return `<${resource.Ref}>`;
}

/** Everything a function may do: resource → actions, as its role says. */
function grantsOf(functionId: string): Record<string, string[]> {
  const role = api.Resources[`${functionId}`]?.Properties.Role['Fn::GetAtt'][0];
  const { Policies, ManagedPolicyArns } = api.Resources[role]?.Properties ?? {};
  expect(ManagedPolicyArns).toBeUndefined();
  const grants: Record<string, string[]> = {};
  for (const { Action, Resource, Effect } of Policies[0].PolicyDocument.Statement) {
    expect(Effect).toBe('Allow');
    for (const resource of [Resource].flat().map(flat))
      grants[resource] = [...(grants[resource] ?? []), ...[Action].flat()].sort();
  }
  return grants;
}

function withoutLogs(grants: Record<string, string[]>) {
  return Object.fromEntries(Object.entries(grants).filter(([resource]) => !resource.endsWith('Logs.Arn')));
}

const actionsFor = (access: Access, read: readonly string[], write: readonly string[]) =>
  [...(access === 'write' ? [] : read), ...(access === 'read' ? [] : write)].sort();

function expectedGrants({ tables, indexes, bucket, sendsMail, authorisation }: Contract): Record<string, string[]> {
  const grants: Record<string, string[]> = {};
  for (const [table, access] of Object.entries(tables))
    grants[`${pascal(table)}TableArn`] = actionsFor(access, READ, WRITE);
  if (authorisation === 'accessToken')
    grants.TokensTableArn = [...new Set([...(grants.TokensTableArn ?? []), 'dynamodb:GetItem'])].sort();
  for (const index of indexes ?? []) grants[`ProfilesTableArn/index/${index}`] = ['dynamodb:Query'];
  if (bucket)
    grants['AttachmentsBucketArn/*'] = actionsFor(bucket, ['s3:GetObject'], ['s3:PutObject', 's3:DeleteObject']);
  if (bucket && bucket !== 'write') grants.AttachmentsBucketArn = ['s3:ListBucket'];
  if (sendsMail) for (const kind of ['identity', 'configuration-set']) grants[`${SES}:${kind}/*`] = ['ses:SendEmail'];
  return grants;
}

test.each(endpoints)('$contract.operationId may do what its contract says and nothing else', ({ contract }) => {
  const id = pascal(contract.operationId);
  const grants = grantsOf(`${id}Function`);
  expect(withoutLogs(grants)).toEqual(expectedGrants(contract));
  expect(grants[`${id}Logs.Arn`]).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
});

test('resetPassword, spelt out', () => {
  expect(withoutLogs(grantsOf('ResetPasswordFunction'))).toEqual({
    ProfilesTableArn: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    TokensTableArn: [...READ, ...WRITE].sort(),
    [`${SES}:identity/*`]: ['ses:SendEmail'],
    [`${SES}:configuration-set/*`]: ['ses:SendEmail'],
  });
});

test('the fallback function may write its log and nothing else', () => {
  expect(withoutLogs(grantsOf('FallbackFunction'))).toEqual({});
});

test('the sweep worker may change profiles, follow their stream and delete attachments', () => {
  expect(withoutLogs(grantsOf('SweepTenantsFunction'))).toEqual({
    ProfilesTableArn: [...READ, ...WRITE].sort(),
    'ProfilesTableArn/index/byTenant': ['dynamodb:Query'],
    ProfilesStreamArn: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    'AttachmentsBucketArn/*': ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    AttachmentsBucketArn: ['s3:ListBucket'],
  });
});

test('mail can only be sent from the one sender', () => {
  const statements = resourcesOf(api, 'AWS::IAM::Role').flatMap(([, { Properties }]) =>
    Properties.Policies[0].PolicyDocument.Statement.filter(({ Action }: Json) => Action === 'ses:SendEmail'),
  );
  expect(statements.length).toBeGreaterThan(0);
  for (const { Condition } of statements)
    expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': { Ref: 'MailSender' } } });
});

test('functions with the same needs share a role, others do not', () => {
  const needs = (id: string) => JSON.stringify(withoutLogs(grantsOf(id)));
  const functions = resourcesOf(api, 'AWS::Lambda::Function').map(([id]) => id);
  expect(resourcesOf(api, 'AWS::IAM::Role')).toHaveLength(new Set(functions.map(needs)).size);
});

test('the only wildcards are objects of the bucket and identities for the one sender', () => {
  const resources = resourcesOf(api, 'AWS::Lambda::Function').flatMap(([id]) => Object.entries(grantsOf(id)));
  const wild = resources
    .filter(([resource, actions]) => `${resource}${actions}`.includes('*'))
    .map(([resource]) => resource);
  expect([...new Set(wild)].sort()).toEqual(
    [`${SES}:configuration-set/*`, `${SES}:identity/*`, 'AttachmentsBucketArn/*'].sort(),
  );
  expect(resourcesOf(api, 'AWS::IAM::Policy')).toEqual([]);
});
