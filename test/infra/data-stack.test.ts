import { primaryKey, tableDefinitions } from '../../lib/tables.ts';
import { environmentOf, resourcesOf } from './environment.ts';

const dev = environmentOf('dev');
const production = environmentOf('production');
const tables = Object.entries(tableDefinitions).map(
  ([name, definition]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}Table`, definition] as const,
);

const keySchema = (key: { readonly partitionKey: string; readonly sortKey: string }) => [
  { AttributeName: key.partitionKey, KeyType: 'HASH' },
  { AttributeName: key.sortKey, KeyType: 'RANGE' },
];

test.each(tables)('%s is what the local stack makes too', (id, { indexes, stream, timeToLiveAttribute }) => {
  const { Properties } = dev.data.Resources[id] ?? {};
  expect(Properties.KeySchema).toEqual(keySchema(primaryKey));
  expect(Properties.GlobalSecondaryIndexes).toEqual(
    indexes &&
      Object.entries(indexes).map(([IndexName, key]) => ({
        IndexName,
        KeySchema: keySchema(key),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
  );
  expect(Properties.StreamSpecification).toEqual(stream && { StreamViewType: 'KEYS_ONLY' });
  expect(Properties.TimeToLiveSpecification?.AttributeName).toBe(timeToLiveAttribute);
  expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
  expect(Properties).not.toHaveProperty('TableName');
});

test('profiles and tokens can be restored to any moment, in every stage', () => {
  for (const { data } of [dev, production])
    for (const [id, restorable] of [
      ['ProfilesTable', true],
      ['TokensTable', true],
      ['TicketsTable', false],
    ] as const)
      expect(data.Resources[id]?.Properties.PointInTimeRecoverySpecification).toEqual({
        PointInTimeRecoveryEnabled: restorable,
      });
});

test('a stage other than dev keeps its data whatever happens to its stacks', () => {
  for (const [, { DeletionPolicy, UpdateReplacePolicy }] of resourcesOf(production.data, 'AWS::DynamoDB::Table'))
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  expect(production.data.Resources.AttachmentsBucket?.DeletionPolicy).toBe('RetainExceptOnCreate');
  expect(production.terminationProtection).toEqual([true, true]);
});

test('no template protects a table, so that a first deployment that fails leaves nothing behind', () => {
  for (const { data } of [dev, production])
    for (const [, { Properties }] of resourcesOf(data, 'AWS::DynamoDB::Table'))
      expect(Properties).not.toHaveProperty('DeletionProtectionEnabled');
});

test('dev may be destroyed', () => {
  for (const [, { DeletionPolicy }] of resourcesOf(dev.data, 'AWS::DynamoDB::Table'))
    expect(DeletionPolicy).toBe('Delete');
  expect(dev.data.Resources.AttachmentsBucket?.DeletionPolicy).toBe('Delete');
  expect(dev.terminationProtection).toEqual([false, false]);
});

test('the bucket of dev, and no other, is emptied before it is destroyed', () => {
  const [, emptying] = resourcesOf(dev.data, 'Custom::S3AutoDeleteObjects')[0] ?? [];
  expect(emptying?.Properties.BucketName).toEqual({ Ref: 'AttachmentsBucket' });
  expect(resourcesOf(production.data, 'Custom::S3AutoDeleteObjects')).toEqual([]);
  expect(resourcesOf(production.data, 'AWS::Lambda::Function')).toEqual([]);
});

test('the bucket is private, encrypted, and forgets what was deleted when the tables do', () => {
  expect(production.data.Resources.AttachmentsBucket?.Properties).toEqual({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'forget-deleted',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          ExpiredObjectDeleteMarker: true,
          NoncurrentVersionExpiration: { NoncurrentDays: 35 },
        },
      ],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
  });
});
