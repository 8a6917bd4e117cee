import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

let client: DynamoDBDocumentClient | undefined;

/** What the SDK makes anew for each call and nobody reads: copies of call and answer, for a logger; how the client is called. A tenth of a call. */
const unread = ['loggerMiddleware', 'getUserAgentMiddleware'];

function documentClientOf(plain: DynamoDBClient): DynamoDBDocumentClient {
  for (const name of unread) plain.middlewareStack.remove(name);
  return DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
}

/** The one DynamoDB client of this sandbox, made at first use. */
export function documentClient(): DynamoDBDocumentClient {
  client ??= documentClientOf(
    new DynamoDBClient({
      maxAttempts: 4,
      requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    }),
  );
  return client;
}
