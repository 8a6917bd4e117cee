import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { type Call, type ProfileIndex, places, type Table } from '../../functions/shared/config/calls.ts';
import { isKind, type Needs, wordsOf } from '../needs.ts';
import { indexArn, type Storage } from '../storage.ts';

const indexes: readonly ProfileIndex[] = ['byTenant', 'byUsername', 'byEmail', 'byEmailOrder'];

/** Without the right to list, the bucket answers 403 where it means 404. */
const bucketActions: Readonly<Record<string, { readonly objects?: string; readonly bucket?: string }>> = {
  GetObject: { objects: 's3:GetObject', bucket: 's3:ListBucket' },
  PutObject: { objects: 's3:PutObject' },
  DeleteObjects: { objects: 's3:DeleteObject' },
  ListObjects: { bucket: 's3:ListBucket' },
};

/** Which one it is depends on what else is read beside it. */
const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem'];

const streamActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One statement; none where there is nothing to allow. */
const allow = (
  actions: readonly string[],
  resources: readonly string[],
  conditions: Conditions = {},
): readonly PolicyStatement[] =>
  actions.length > 0 && resources.length > 0
    ? [new PolicyStatement({ actions: [...new Set(actions)], resources: [...resources], conditions })]
    : [];

/** Mail from this one sender. The recipient's identity is checked too while the account is in the SES sandbox, hence every identity. */
function sendMail(scope: IConstruct, sender: string): readonly PolicyStatement[] {
  const arns = ['identity/*', 'configuration-set/*'].map((resource) =>
    Stack.of(scope).formatArn({ service: 'ses', resource }),
  );
  return allow(['ses:SendEmail'], arns, { StringEquals: { 'ses:FromAddress': sender } });
}

/** Adds to what is kept under a key. */
const gather = <Value>(groups: Map<string, readonly Value[]>, key: string, value: Value) =>
  groups.set(key, [...(groups.get(key) ?? []), value]);

/** The verbs on items of a table, one statement for all that go to the same partitions and to no other. */
function onItems(calls: readonly Call[], table: Table, arn: string): readonly PolicyStatement[] {
  const keysByVerb = new Map<string, readonly string[]>();
  for (const call of calls) {
    const { verb, object } = wordsOf(call);
    if (isKind(object) && places[object].table === table) gather(keysByVerb, verb, places[object].leadingKey);
  }
  const verbsByKeys = new Map<string, readonly string[]>();
  for (const [verb, keys] of keysByVerb)
    for (const action of verb === 'Get' ? readActions : [`dynamodb:${verb}`])
      gather(verbsByKeys, JSON.stringify([...keys].sort()), action);
  return [...verbsByKeys].flatMap(([keys, actions]) =>
    allow(actions, [arn], { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': JSON.parse(keys) } }),
  );
}

export interface GrantTargets {
  readonly storage: Storage;
  readonly mailSender: string;
}

/** What these needs come to: exact verbs on exact partitions, exact indexes, the objects of one bucket, one sender. */
export function grantsFor(scope: IConstruct, needs: Needs, { storage, mailSender }: GrantTargets) {
  const { calls, followsProfiles } = needs;
  const { tables, attachments } = storage;
  const onIndexes = indexes
    .filter((index) => calls.includes(`Query ${index}`))
    .map((index) => indexArn(storage, index));
  const onBucket = calls.flatMap((call) => bucketActions[wordsOf(call).verb] ?? []);
  return [
    ...onItems(calls, 'profiles', tables.profiles.arn),
    ...allow(onIndexes.length > 0 ? ['dynamodb:Query'] : [], onIndexes),
    ...onItems(calls, 'tokens', tables.tokens.arn),
    ...onItems(calls, 'tickets', tables.tickets.arn),
    ...allow(followsProfiles ? streamActions : [], [storage.profilesStreamArn]),
    ...allow(
      onBucket.flatMap(({ objects }) => objects ?? []),
      [`${attachments.arn}/*`],
    ),
    ...allow(
      onBucket.flatMap(({ bucket }) => bucket ?? []),
      [attachments.arn],
    ),
    ...(calls.includes('SendEmail') ? sendMail(scope, mailSender) : []),
  ];
}
