import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { type Engine, startEngine } from '../../../lib/local/engine.ts';
import { localCredentials } from '../../../lib/local/environment.ts';
import { createTables } from '../../../lib/local/tables.ts';

const names = { profiles: 'tables-profiles', tokens: 'tables-tokens', tickets: 'tables-tickets' };
const item = { pk: { S: 'TICKET#x' }, sk: { S: 'TICKET' }, profileId: { S: 'p' }, tenant: { S: 't' } };

let engine: Engine;
let client: DynamoDBClient;
beforeAll(async () => {
  engine = await startEngine();
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = localCredentials;
  client = new DynamoDBClient({
    endpoint: engine.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

test('a table of before there was an index by profile gets it, with what it holds already', async () => {
  const key = [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ];
  const AttributeDefinitions = ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
  await client.send(
    new CreateTableCommand({
      TableName: names.tickets,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key,
      AttributeDefinitions,
    }),
  );
  await client.send(new PutItemCommand({ TableName: names.tickets, Item: item }));

  await createTables(engine.url, names);
  await createTables(engine.url, names);

  const { Table } = await client.send(new DescribeTableCommand({ TableName: names.tickets }));
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['byProfile']);
  const { Items } = await client.send(
    new QueryCommand({
      TableName: names.tickets,
      IndexName: 'byProfile',
      KeyConditionExpression: 'profileId = :id',
      ExpressionAttributeValues: { ':id': { S: 'p' } },
    }),
  );
  const { tenant: _, ...keys } = item;
  expect(Items).toEqual([keys]);
});
