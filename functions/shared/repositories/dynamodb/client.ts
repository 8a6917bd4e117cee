import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

let client: DynamoDBClient | undefined;
let converting: DynamoDBDocumentClient | undefined;

/** The one DynamoDB client of this sandbox, made at first use: for what is read as the store writes it. */
export function plainClient(): DynamoDBClient {
  client ??= new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  return client;
}

/** The same, which converts values to JavaScript's and back. */
export function documentClient(): DynamoDBDocumentClient {
  converting ??= DynamoDBDocumentClient.from(plainClient(), { marshallOptions: { removeUndefinedValues: true } });
  return converting;
}
