// A bare server that makes the calls of getProfile, with its limits of time, and answers the item: what the local server's throughput is measured against.
import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 4, requestHandler }));
const get = async (TableName, pk, sk) =>
  (await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
const { PROFILES_TABLE, TOKENS_TABLE, BENCH_TOKEN, BENCH_PROFILE } = process.env;

const server = createServer(async (_request, response) => {
  const [, profile] = await Promise.all([
    get(TOKENS_TABLE, 'ACCESS_TOKEN', BENCH_TOKEN),
    get(PROFILES_TABLE, `PROFILE#${BENCH_PROFILE}`, 'PROFILE'),
  ]);
  await get(PROFILES_TABLE, 'TENANT', profile.tenant);
  const body = JSON.stringify({ ...profile, roles: [...(profile.roles ?? [])] });
  response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).end(body);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
