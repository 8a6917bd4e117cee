import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { Table } from '../../../functions/shared/config/calls.ts';
import { addIndexes, createTable } from '../../local/tables.ts';
import { tableDefinitions } from '../../tables.ts';

/** How often a table that is being made is looked at. */
const LOOK_MS = 2000;
/** An index of a large table takes hours. */
const INDEX_SECONDS = 86_400;

/** Undefined where there is no such table. */
export async function findTable(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (fault) {
    if (fault instanceof ResourceNotFoundException) return undefined;
    throw fault;
  }
}

/** The moments that a table can be restored to, in epoch milliseconds. Rejects where it has no recovery. */
export async function restorable(client: DynamoDBClient, TableName: string): Promise<{ fromMs: number; toMs: number }> {
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const { EarliestRestorableDateTime: from, LatestRestorableDateTime: to } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (from === undefined || to === undefined) throw new Error(`${TableName} has no point-in-time recovery`);
  return { fromMs: from.getTime(), toMs: to.getTime() };
}

const isActive = ({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription) =>
  TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus = 'ACTIVE' }) => IndexStatus === 'ACTIVE');

/** Waits until a table and all its indexes are there; however long that takes, which is hours where it is large. */
async function untilActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  for (;;) {
    const table = await findTable(client, name);
    if (table === undefined) throw new Error(`${name} is gone while it was being made`);
    if (isActive(table)) return table;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Where the tables of one restoration come from, and what they are called. */
export interface Source {
  readonly table: Table;
  readonly from: string;
  readonly name: string;
}

/** Begins to make a table as another one was at a moment; one that is there, from a call that was killed, is taken as it is. */
export async function beginRestore(client: DynamoDBClient, { from, name }: Source, moment: Date): Promise<void> {
  if ((await findTable(client, name)) !== undefined) return;
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: from,
      TargetTableName: name,
      RestoreDateTime: moment,
      BillingModeOverride: 'PAY_PER_REQUEST',
    }),
  );
}

/** Makes the table of sessions, empty. */
export const makeEmpty = (client: DynamoDBClient, { table, name }: Source): Promise<void> =>
  createTable(client, table, name);

async function stream(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const table = await untilActive(client, name);
  if (table.StreamSpecification?.StreamEnabled === true) return table;
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const;
  await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
  return untilActive(client, name);
}

async function expire(client: DynamoDBClient, name: string, AttributeName: string): Promise<void> {
  try {
    const TimeToLiveSpecification = { Enabled: true, AttributeName };
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  } catch (fault) {
    // It is so already, which the store takes for a fault.
    if (!(fault instanceof Error && /TimeToLive is already enabled/i.test(fault.message))) throw fault;
  }
}

/** What a table of the data stack has besides its keys and indexes, and one that came back has not. */
export interface Wanted {
  readonly isRecovered: boolean;
  readonly isProtected: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Switches on what a table lacks that came back; its stream, where it has one. */
export async function complete(client: DynamoDBClient, { table, name }: Source, wanted: Wanted): Promise<string> {
  const { stream: hasStream, timeToLiveAttribute } = tableDefinitions[table];
  await untilActive(client, name);
  // A moment from before an index has none of it.
  await addIndexes(client, table, name, INDEX_SECONDS);
  const { LatestStreamArn = '', TableArn } = hasStream ? await stream(client, name) : await untilActive(client, name);
  if (timeToLiveAttribute !== undefined) await expire(client, name, timeToLiveAttribute);
  if (wanted.isRecovered) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await client.send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification }));
  }
  if (wanted.isProtected)
    await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: true }));
  const Tags = Object.entries(wanted.tags).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new TagResourceCommand({ ResourceArn: TableArn, Tags }));
  await untilActive(client, name);
  return LatestStreamArn;
}
