import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteIdentityCommand, SESClient, VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Rehearsal } from './rehearsal.ts';

/** The verdicts of doctor's lines that are not well, by check. */
function illIn(stdout: string): Readonly<Record<string, string>> {
  const lines = stdout.split('\n').flatMap((line) => {
    const [, verdict = '', name = ''] = /^(warning|failed)\s+(.{16})/.exec(line) ?? [];
    return verdict === '' ? [] : [[name.trim(), verdict] as const];
  });
  return Object.fromEntries(lines);
}

async function recover(TableName: string | undefined, PointInTimeRecoveryEnabled: boolean): Promise<void> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
  await new DynamoDBClient().send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

async function expire(TableName: string | undefined, Enabled: boolean): Promise<void> {
  const TimeToLiveSpecification = { Enabled, AttributeName: 'expiresAtSeconds' };
  await new DynamoDBClient().send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

async function version(Bucket: string | undefined, Status: 'Enabled' | 'Suspended'): Promise<void> {
  const client = new S3Client({ forcePathStyle: true });
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
}

async function setAlarm(StateValue: 'ALARM' | 'OK'): Promise<void> {
  const client = new CloudWatchClient();
  const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
  await client.send(new SetAlarmStateCommand({ AlarmName: alarm?.AlarmName, StateValue, StateReason: 'rehearsed' }));
}

async function countFallback(stage: string): Promise<void> {
  const Dimensions = [{ Name: 'stage', Value: stage }];
  const Timestamp = new Date(Date.now() - 3_600_000);
  const MetricData = [{ MetricName: 'Argon2idFallback', Value: 3, Dimensions, Timestamp }];
  await new CloudWatchClient().send(new PutMetricDataCommand({ Namespace: 'ServerlessProfile', MetricData }));
}

/** As whoever follows the link in the mail of SNS is. */
async function subscribe(): Promise<void> {
  const client = new SNSClient();
  const { Topics: [topic] = [] } = await client.send(new ListTopicsCommand({}));
  await client.send(
    new SubscribeCommand({ TopicArn: topic?.TopicArn, Protocol: 'email', Endpoint: 'ops@company.org' }),
  );
}

/** What `admin doctor` says of the rehearsed stage, which is deployed with a sender of company.org: well once its advice is followed, and ill in each way that it knows. */
export function doctorSuite({ rehearse, run, outputsOf, account }: Rehearsal): void {
  const doctor = () => {
    const { status, stdout } = run('admin', 'doctor');
    return { status, ill: illIn(stdout) };
  };

  rehearse('once its advice is followed, doctor has nothing to say', async () => {
    const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName } = await outputsOf();
    // The emulator leaves these out of what it makes of a template.
    for (const table of [TokensTableName, TicketsTableName]) await expire(table, true);
    for (const table of [ProfilesTableName, TokensTableName]) await recover(table, true);
    await version(AttachmentsBucketName, 'Enabled');
    const settings = ['linkAllowList=https://app.company.org', 'alarmEmail=ops@company.org'];
    expect(doctor()).toEqual({
      status: 1,
      ill: { 'mailed links': 'warning', 'sender verified': 'failed', 'alarm mails': 'warning' },
    });
    await new SESClient().send(new VerifyDomainIdentityCommand({ Domain: 'company.org' }));
    run('deploy', ...settings.flatMap((setting) => ['-c', setting]), '--yes');
    expect(doctor()).toEqual({ status: 1, ill: { 'alarm mails': 'failed' } });
    await subscribe();
    expect(doctor()).toEqual({ status: 0, ill: {} });
  });

  rehearse('doctor tells of an account that is small, or whose mail bounces', () => {
    account().become({ mailQuota: 200, bounces: 3, callsAtOnce: 10 });
    expect(doctor()).toEqual({ status: 3, ill: { 'mail quota': 'warning', bounces: 'warning', quotas: 'warning' } });
    account().become({ sending: false, bounces: 6, requestsPerSecond: 100 });
    expect(doctor()).toEqual({ status: 1, ill: { 'mail quota': 'failed', bounces: 'failed', quotas: 'warning' } });
    account().become({ mailsSent: 45_000 });
    expect(doctor()).toEqual({ status: 3, ill: { 'mail quota': 'warning' } });
    account().become({});
  });
}

/** What `admin doctor` says once much has been switched off: the last part of the rehearsal. */
export function illnessSuite({ rehearse, run, stage, outputsOf }: Rehearsal): void {
  rehearse('doctor tells of whatever somebody has switched off, and of alarms', async () => {
    const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName } = await outputsOf();
    await recover(ProfilesTableName, false);
    await expire(TicketsTableName, false);
    await version(AttachmentsBucketName, 'Suspended');
    await new DynamoDBClient().send(
      new UpdateTableCommand({ TableName: TokensTableName, DeletionProtectionEnabled: false }),
    );
    await new CloudFormationClient().send(
      new UpdateTerminationProtectionCommand({
        StackName: `ServerlessProfile-${stage}-Api`,
        EnableTerminationProtection: false,
      }),
    );
    await new SESClient().send(new DeleteIdentityCommand({ Identity: 'company.org' }));
    await setAlarm('ALARM');
    await countFallback(stage);
    const { status, stdout } = run('admin', 'doctor');
    expect({ status, ill: illIn(stdout) }).toEqual({
      status: 1,
      ill: {
        'stack protection': 'failed',
        'time to live': 'failed',
        recovery: 'failed',
        'table protection': 'failed',
        attachments: 'warning',
        'sender verified': 'failed',
        alarms: 'failed',
        argon2id: 'warning',
      },
    });
    // The emulator cannot delete what a bucket without versions holds.
    await version(AttachmentsBucketName, 'Enabled');
  });
}
