import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Table } from '../../functions/shared/config/calls.ts';
import { type IndexDefinition, primaryKey, tableDefinitions } from '../tables.ts';
import { localCredentials, type TableNames } from './environment.ts';

const keySchema = (key: { readonly partitionKey: string; readonly sortKey: string }): KeySchemaElement[] => [
  { AttributeName: key.partitionKey, KeyType: 'HASH' },
  { AttributeName: key.sortKey, KeyType: 'RANGE' },
];

const globalIndex = (IndexName: string, index: IndexDefinition): GlobalSecondaryIndex => ({
  IndexName,
  KeySchema: keySchema(index),
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

/**
 * What the data stack deploys of a table, as CreateTable wants it, but for the stream: nothing reads it here, and with one the embedded engine's
 * writes get slower with every write before.
 */
function createTableInput(table: Table, name: string): CreateTableCommandInput {
  const { indexes } = tableDefinitions[table];
  const indexEntries = Object.entries(indexes ?? {});
  const keys = [primaryKey, ...indexEntries.map(([, index]) => index)];
  const attributes = new Set(keys.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]));
  const globalIndexes = indexEntries.map(([indexName, index]) => globalIndex(indexName, index));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(primaryKey),
    AttributeDefinitions: [...attributes].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
  };
}

/** Gives a table of an earlier version the indexes that have come since, one after the other as the store wants it; they take in what is there, each within so many seconds. */
export async function addIndexes(client: DynamoDBClient, table: Table, name: string, maxWaitTime = 20): Promise<void> {
  const { Table: found } = await client.send(new DescribeTableCommand({ TableName: name }));
  const there = new Set(found?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const [indexName, index] of Object.entries(tableDefinitions[table].indexes ?? {})) {
    if (there.has(indexName)) continue;
    const { AttributeDefinitions } = createTableInput(table, name);
    const Create = globalIndex(indexName, index);
    await client.send(
      new UpdateTableCommand({ TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }),
    );
    await waitUntilTableExists({ client, maxWaitTime, minDelay: 1 }, { TableName: name });
  }
}

/** Makes a table as the data stack does, but for its stream, and waits until it is there; one that is there stays. */
export async function createTable(client: DynamoDBClient, table: Table, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(table, name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await addIndexes(client, table, name);
  }
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName: name });
  const attribute = tableDefinitions[table].timeToLiveAttribute;
  if (attribute === undefined) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.AttributeName === attribute) return;
  const specification = { Enabled: true, AttributeName: attribute };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: specification }));
}

/** Makes the three tables under these names; those that are there keep what they hold, and get the indexes that have come since they were made. */
export async function createTables(engineUrl: string, names: TableNames): Promise<void> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = localCredentials;
  const client = new DynamoDBClient({
    endpoint: engineUrl,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
  });
  try {
    await createTable(client, 'profiles', names.profiles);
    await createTable(client, 'tokens', names.tokens);
    await createTable(client, 'tickets', names.tickets);
  } finally {
    client.destroy();
  }
}
