import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Table } from '../../functions/shared/http/contract.ts';
import type { Needs, Verb } from '../needs.ts';
import { indexArn, type Storage } from '../storage.ts';

const tableActions: Readonly<Record<Verb, readonly string[]>> = {
  lookUp: ['dynamodb:GetItem'],
  read: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
  write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
};

const objectActions: Readonly<Record<Verb, readonly string[]>> = {
  lookUp: [],
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:DeleteObject'],
};

const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

/** One statement; none where there is nothing to allow. */
const allow = (actions: readonly string[], resources: readonly string[]): readonly PolicyStatement[] =>
  actions.length > 0 && resources.length > 0
    ? [new PolicyStatement({ actions: [...new Set(actions)], resources: [...resources] })]
    : [];

/** Mail from this one sender. The recipient's identity is checked too while the account is in the SES sandbox, hence every identity. */
function sendMail(scope: IConstruct, sender: string): PolicyStatement {
  const arns = ['identity/*', 'configuration-set/*'].map((resource) =>
    Stack.of(scope).formatArn({ service: 'ses', resource }),
  );
  return new PolicyStatement({
    actions: ['ses:SendEmail'],
    resources: arns,
    conditions: { StringEquals: { 'ses:FromAddress': sender } },
  });
}

export interface GrantTargets {
  readonly storage: Storage;
  readonly mailSender: string;
}

/** What these needs come to: exact tables, exact indexes, the objects of one bucket, one sender. */
export function grantsFor(scope: IConstruct, needs: Needs, { storage, mailSender }: GrantTargets) {
  const { tables, indexes = [], bucket = [], sendsMail, followsProfiles } = needs;
  const onTable = (table: Table) =>
    allow(
      (tables[table] ?? []).flatMap((verb) => tableActions[verb]),
      [storage.tables[table].arn],
    );
  const onIndexes = indexes.map((index) => indexArn(storage, index));
  const onObjects = bucket.flatMap((verb) => objectActions[verb]);
  return [
    ...onTable('profiles'),
    ...allow(['dynamodb:Query'], onIndexes),
    ...onTable('tokens'),
    ...onTable('tickets'),
    ...allow(followsProfiles ? streamActions : [], [storage.profilesStreamArn]),
    ...allow(onObjects, [`${storage.attachments.arn}/*`]),
    ...allow(bucket.includes('read') ? ['s3:ListBucket'] : [], [storage.attachments.arn]),
    ...(sendsMail ? [sendMail(scope, mailSender)] : []),
  ];
}
