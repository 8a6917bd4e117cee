import {
  type BackupSummary,
  type DynamoDBClient,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
} from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../usage-error.ts';
import { findTable, type Source } from './tables.ts';

/** What DynamoDB has kept, for 35 days, of a table with recovery that was deleted: the table as it was just before. */
export interface LastState {
  readonly arn: string;
  /** When it was deleted, epoch milliseconds. */
  readonly atMs: number;
  /** When a table of its name was deleted for the last time: later where one had taken its place, in which things may have been ended. */
  readonly lastMs: number;
}

const timeOf = ({ BackupCreationDateTime }: BackupSummary) => BackupCreationDateTime?.getTime() ?? 0;
const iso = (timeMs: number) => new Date(timeMs).toISOString();

async function systemBackups(client: DynamoDBClient, TableName: string): Promise<readonly BackupSummary[]> {
  const found: BackupSummary[] = [];
  let from: string | undefined;
  do {
    const command = new ListBackupsCommand({ TableName, BackupType: 'SYSTEM', ExclusiveStartBackupArn: from });
    const { BackupSummaries = [], LastEvaluatedBackupArn } = await client.send(command);
    found.push(...BackupSummaries);
    from = LastEvaluatedBackupArn;
  } while (from !== undefined);
  return found
    .filter(({ BackupType, BackupStatus }) => BackupType === 'SYSTEM' && BackupStatus === 'AVAILABLE')
    .toSorted((one, other) => timeOf(other) - timeOf(one));
}

/**
 * The last state of a lost table that is not from after the moment. Throws a `UsageError` that says which moments there are where the moment is an earlier one: what a
 * deleted table was like before its end is lost.
 */
export async function lastStateOf(client: DynamoDBClient, table: string, moment: Date): Promise<LastState> {
  const [last, ...others] = await systemBackups(client, table);
  if (last === undefined)
    throw new Error(`${table} is gone, and DynamoDB has kept nothing of it: it does so for 35 days after a deletion`);
  const found = [last, ...others].find((one) => timeOf(one) <= moment.getTime());
  if (found?.BackupArn === undefined)
    throw new UsageError(
      `${table} is gone, and can only come back as it was when it was deleted: give --to ${[last, ...others].map((one) => iso(Math.ceil(timeOf(one) / 1000) * 1000)).join(' or ')}, or a later moment`,
    );
  return { arn: found.BackupArn, atMs: timeOf(found), lastMs: timeOf(last) };
}

/** Begins to make a table as another one was when it was deleted; one that is there, from a call that was killed, is taken as it is. */
export async function beginFromBackup(client: DynamoDBClient, { name }: Source, { arn }: LastState): Promise<void> {
  if ((await findTable(client, name)) !== undefined) return;
  await client.send(
    new RestoreTableFromBackupCommand({
      BackupArn: arn,
      TargetTableName: name,
      BillingModeOverride: 'PAY_PER_REQUEST',
    }),
  );
}
