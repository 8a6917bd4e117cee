import { readFileSync } from 'node:fs';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
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
