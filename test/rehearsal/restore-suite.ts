import { readFileSync } from 'node:fs';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { keyedHash } from '../../functions/shared/audit/trail.ts';
import { functionLogOf } from '../../lib/log-groups.ts';
import type { Rehearsal } from './rehearsal.ts';

async function tablesOf(name: string) {
  const lambda = new LambdaClient();
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { FunctionName } = Functions.find((one) => one.FunctionName?.includes(name)) ?? {};
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

async function describe(TableName: string | undefined) {
  return (await new DynamoDBClient().send(new DescribeTableCommand({ TableName }))).Table;
}

async function timeToLiveOf(TableName: string | undefined) {
  const { TimeToLiveDescription } = await new DynamoDBClient().send(new DescribeTimeToLiveCommand({ TableName }));
  return TimeToLiveDescription?.TimeToLiveStatus;
}

/** Deletes a table as somebody does who means another one. */
async function lose(TableName: string) {
  const client = new DynamoDBClient();
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
}

/** The record that the deletion of an access token leaves, made when it is asked for. */
async function deletionOf(TableName: string, id: string | undefined) {
  const Key = { pk: { S: 'AUDIT_KEY' }, sk: { S: 'KEY' } };
  const { Item } = await new DynamoDBClient().send(new GetItemCommand({ TableName, Key }));
  const accessToken = keyedHash(Item?.secret?.B ?? Buffer.of(), 'access token', id ?? '');
  const record = { audit: 1, operation: 'deleteAccessToken', outcome: 'done', accessToken, fields: ['accessToken'] };
  return () => ({ ...record, timestamp: new Date().toISOString() });
}

async function writeLog(logGroupName: string, line: object) {
  const client = new CloudWatchLogsClient();
  const stream = { logGroupName, logStreamName: 'delete-access-token' };
  await client.send(new CreateLogStreamCommand(stream));
  const logEvents = [{ timestamp: Date.now(), message: JSON.stringify(line) }];
  await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
}

/** The rehearsed stage taken back to a moment, and back again; its tables have recovery, its bucket versions, and it has an access token. */
export function restoreSuite({ rehearse, run, stage, outputsOf }: Rehearsal): void {
  const file = `stages/${stage}.json`;
  const image = { Key: '5a0000000000000000000000/image' };

  rehearse('a stage goes back to a moment, in tables that are as those of a deployment', async () => {
    const { AttachmentsBucketName: Bucket, ProfilesTableName, TokensTableName } = await outputsOf();
    const bucket = new S3Client({ forcePathStyle: true });
    await bucket.send(new PutObjectCommand({ ...image, Bucket, Body: 'an image' }));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const to = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await bucket.send(new DeleteObjectCommand({ ...image, Bucket }));
    const { status, stdout } = run('admin', 'restore', '--to', to, '--yes');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('Attachments that came back: 1.'),
    });
    expect(await (await bucket.send(new GetObjectCommand({ ...image, Bucket }))).Body?.transformToString()).toBe(
      'an image',
    );
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    expect(restored).toMatchObject({ to, profilesStreamArn: expect.stringContaining(restored.profiles) });
    const [profiles, before] = await Promise.all([describe(restored.profiles), describe(ProfilesTableName)]);
    expect(profiles?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(
      before?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort(),
    );
    expect(profiles).toMatchObject({ DeletionProtectionEnabled: true, StreamSpecification: { StreamEnabled: true } });
    expect(await timeToLiveOf(restored.tokens)).toBe('ENABLED');
    expect(await timeToLiveOf(restored.tickets)).toBe('ENABLED');
    expect(restored.tokens).not.toBe(TokensTableName);
  });

  rehearse('the audit trail has who took it back', async () => {
    // From the log itself: the command tells of what is older than two minutes, as the younger may be on its way.
    const command = new FilterLogEventsCommand({ logGroupName: functionLogOf(stage) });
    const { events = [] } = await new CloudWatchLogsClient().send(command);
    const record = { audit: 1, operation: 'admin restore', outcome: 'done', operator: expect.any(String) };
    expect(events.map(({ message = '' }) => JSON.parse(message))).toContainEqual(expect.objectContaining(record));
  });

  rehearse('called again it carries on, and ends alike', () => {
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    expect(run('admin', 'restore', '--to', restored.to, '--yes').status).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).restored).toEqual(restored);
  });

  rehearse('the next deployment uses them, with the same API, and the operator finds them', async () => {
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    const { ApiUrl } = await outputsOf();
    const { status, stdout } = run('deploy', '--yes');
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(`restored: (none) → `) });
    expect(await tablesOf('GetProfile')).toMatchObject({
      PROFILES_TABLE: restored.profiles,
      TOKENS_TABLE: restored.tokens,
    });
    expect((await outputsOf()).ApiUrl).toBe(ApiUrl);
    const environment = JSON.parse(run('admin', 'environment').stdout).Parameters;
    expect(environment).toMatchObject({ PROFILES_TABLE: restored.profiles, TICKETS_TABLE: restored.tickets });
    expect(run('admin', 'doctor')).toMatchObject({ status: 0 });
  });

  rehearse('tables that were deleted come back as they were, without what the trail says was ended since', async () => {
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    const create = ['--application', 'shop', '--tenant', 'default', '--allow', 'READ_TENANT'];
    const [kept, ended] = [1, 2].map(() => run('admin', 'token', 'create', ...create).stdout.trim());
    const record = await deletionOf(restored.tokens, ended);
    for (const table of [restored.profiles, restored.tokens]) await lose(table);
    expect(run('admin', 'restore', '--to', restored.to, '--yes')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is gone, and can only come back as it was when it was deleted: give --to '),
    });
    await writeLog(functionLogOf(stage), record());
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { status, stdout } = run('admin', 'restore', '--to', new Date(Date.now() - 1).toISOString(), '--yes');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining(`${restored.tokens} is gone: it comes back as it was when it was deleted, at `),
    });
    expect(stdout).toContain('access tokens 1.');
    const { tokens } = JSON.parse(readFileSync(file, 'utf8')).restored;
    const { Items = [] } = await new DynamoDBClient().send(new ScanCommand({ TableName: tokens }));
    const ids = Items.flatMap(({ pk, sk }) => (pk?.S === 'ACCESS_TOKEN' ? [sk?.S] : []));
    expect([ids.includes(kept), ids.includes(ended)]).toEqual([true, false]);
  });

  rehearse('and back', async () => {
    const { ProfilesTableName } = JSON.parse(readFileSync('cdk-outputs.json', 'utf8'))[
      `ServerlessProfile-${stage}-Data`
    ];
    expect(run('admin', 'restore', '--back')).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).not.toHaveProperty('restored');
    expect(run('deploy', '--yes')).toMatchObject({ status: 0 });
    expect(await tablesOf('GetProfile')).toMatchObject({ PROFILES_TABLE: ProfilesTableName });
    expect(JSON.parse(run('admin', 'environment').stdout).Parameters.PROFILES_TABLE).toBe(ProfilesTableName);
  });

  rehearse('a moment that no recovery reaches is refused, with those that it does', () => {
    expect(run('admin', 'restore', '--to', '2020-01-01T00:00:00Z', '--yes').status).toBe(2);
  });
}
