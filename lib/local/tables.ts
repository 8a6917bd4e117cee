import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Table } from '../../functions/shared/config/calls.ts';
import { primaryKey, tableDefinitions } from '../tables.ts';
import { localCredentials, type TableNames } from './environment.ts';

const keySchema = (key: { readonly partitionKey: string; readonly sortKey: string }): KeySchemaElement[] => [
  { AttributeName: key.partitionKey, KeyType: 'HASH' },
  { AttributeName: key.sortKey, KeyType: 'RANGE' },
];

/**
 * What the data stack deploys of a table, as CreateTable wants it, but for the stream: nothing reads it here, and with one the embedded engine's
 * writes get slower with every write before.
 */
function createTableInput(table: Table, name: string): CreateTableCommandInput {
  const { indexes } = tableDefinitions[table];
  const indexEntries = Object.entries(indexes ?? {});
  const keys = [primaryKey, ...indexEntries.map(([, index]) => index)];
  const attributes = new Set(keys.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]));
  const globalIndexes = indexEntries.map(
    ([indexName, index]): GlobalSecondaryIndex => ({
      IndexName: indexName,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    }),
  );
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(primaryKey),
    AttributeDefinitions: [...attributes].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
  };
}

/** Makes a table as the data stack does, but for its stream, and waits until it is there; one that is there stays. */
export async function createTable(client: DynamoDBClient, table: Table, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(table, name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName: name });
  const attribute = tableDefinitions[table].timeToLiveAttribute;
  if (attribute === undefined) return;
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.AttributeName === attribute) return;
  const specification = { Enabled: true, AttributeName: attribute };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: specification }));
}

/** Makes the three tables under these names; those that are there stay as they are. */
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
