import {
  CloudFormationClient,
  DeleteStackCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateBackupCommand,
  DeleteTableCommand,
  DynamoDBClient,
  RestoreTableFromBackupCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';

/** Switches recovery of a table to a moment on or off. */
export async function recover(TableName: string | undefined, PointInTimeRecoveryEnabled: boolean): Promise<void> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
  await new DynamoDBClient().send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

/** Switches time to live of a table on or off. */
export async function expire(TableName: string | undefined, Enabled: boolean): Promise<void> {
  const TimeToLiveSpecification = { Enabled, AttributeName: 'expiresAtSeconds' };
  await new DynamoDBClient().send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

/** Has a bucket keep versions, or no more. */
export async function version(Bucket: string | undefined, Status: 'Enabled' | 'Suspended'): Promise<void> {
  const client = new S3Client({ forcePathStyle: true });
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
}

/** Turns one alarm red, or back. */
export async function setAlarm(StateValue: 'ALARM' | 'OK'): Promise<void> {
  const client = new CloudWatchClient();
  const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
  await client.send(new SetAlarmStateCommand({ AlarmName: alarm?.AlarmName, StateValue, StateReason: 'rehearsed' }));
}

/** Has functions of a stage have hashed without the runtime's own argon2id. */
export async function countFallback(stage: string): Promise<void> {
  const Dimensions = [{ Name: 'stage', Value: stage }];
  const Timestamp = new Date(Date.now() - 3_600_000);
  const MetricData = [{ MetricName: 'Argon2idFallback', Value: 3, Dimensions, Timestamp }];
  await new CloudWatchClient().send(new PutMetricDataCommand({ Namespace: 'ServerlessProfile', MetricData }));
}

/** Confirms to get the alarms, as whoever follows the link in the mail of SNS does. */
export async function subscribe(): Promise<void> {
  const client = new SNSClient();
  const { Topics: [topic] = [] } = await client.send(new ListTopicsCommand({}));
  await client.send(
    new SubscribeCommand({ TopicArn: topic?.TopicArn, Protocol: 'email', Endpoint: 'ops@company.org' }),
  );
}

/** Deletes an index of a table. */
export async function dropIndex(TableName: string | undefined, IndexName: string): Promise<void> {
  const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName } }];
  await new DynamoDBClient().send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates }));
}

/** Deletes a table that nothing protects; what it gives back brings it back as it was, from a backup. */
export async function dropTable(TableName: string | undefined): Promise<() => Promise<void>> {
  const client = new DynamoDBClient();
  // AWS makes one by itself, of a table with recovery, which the emulator does not.
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName, BackupName: 'of-what-was-lost' }));
  await client.send(new DeleteTableCommand({ TableName }));
  return async () => {
    await client.send(
      new RestoreTableFromBackupCommand({ BackupArn: BackupDetails?.BackupArn, TargetTableName: TableName }),
    );
  };
}

/** Has a stack refuse to be deleted, or no more. */
export async function protectStack(StackName: string, EnableTerminationProtection: boolean): Promise<void> {
  const command = new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection });
  await new CloudFormationClient().send(command);
}

/** Deletes a stack, protected or not. */
export async function dropStack(StackName: string): Promise<void> {
  const client = new CloudFormationClient();
  await protectStack(StackName, false);
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
}

/** Deploys a stack once more as another version does, of which the template's metadata tell; gives back the version from before. */
export async function deployVersion(StackName: string, version: string): Promise<string> {
  const client = new CloudFormationClient();
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
  const template = JSON.parse(TemplateBody);
  const before = template.Metadata['serverless-profile'].version;
  template.Metadata['serverless-profile'].version = version;
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  return before;
}
