import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** A bucket in place of AWS's has no host name of its own. */
export const s3 = (): S3Client => new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

/** Tables of a stage, by their names: those of its data stack, and those that a restoration has made. */
export async function tablesOf(stage: string): Promise<readonly string[]> {
  const own = new RegExp(`^ServerlessProfile-${stage}-(Data-|\\d{8}T\\d{6,9}Z-)`);
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client: new DynamoDBClient() }, {}))
    names.push(...TableNames.filter((name) => own.test(name)));
  return names;
}

/** How many items a table has, as DynamoDB counts them every six hours. */
export async function countOf(TableName: string): Promise<number> {
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName }));
  return Table?.ItemCount ?? 0;
}

async function isOf(stage: string, Bucket: string): Promise<boolean> {
  try {
    const { TagSet = [] } = await s3().send(new GetBucketTaggingCommand({ Bucket }));
    const tags = new Map(TagSet.map(({ Key, Value }) => [Key, Value]));
    return tags.get('application') === 'serverless-profile' && tags.get('stage') === stage;
  } catch {
    // It has no tags, or is somebody else's: nothing to delete.
    return false;
  }
}

/** Buckets of a stage: the one that its stack names, while that is there, and those with its tags, as CloudFormation may have cut their names. */
export async function bucketsOf(stage: string, named: string | undefined): Promise<readonly string[]> {
  const { Buckets = [] } = await s3().send(new ListBucketsCommand({}));
  const found: string[] = [];
  for (const { Name = '' } of Buckets)
    if (Name === named || (Name.startsWith('serverlessprofile-') && (await isOf(stage, Name)))) found.push(Name);
  return found;
}

/** Deletes a table, protected or not, and says nothing where it is gone already. */
export async function deleteTable(TableName: string): Promise<void> {
  const client = new DynamoDBClient();
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
}

/** Deletes a bucket with every version of every object. */
export async function deleteBucket(Bucket: string): Promise<void> {
  const client = s3();
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    if (Errors[0] !== undefined) throw new Error(`${Bucket} cannot be emptied: ${Errors[0].Message}`);
  }
  await client.send(new DeleteBucketCommand({ Bucket }));
}

/** Deletes a log group; nothing where it is gone already. */
export async function deleteLog(logGroupName: string): Promise<void> {
  try {
    await new CloudWatchLogsClient().send(new DeleteLogGroupCommand({ logGroupName }));
  } catch (fault) {
    if (!(fault instanceof ResourceNotFoundException)) throw fault;
  }
}
