import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

let client: DynamoDBClient | undefined;
let converting: DynamoDBDocumentClient | undefined;

/** What the SDK makes anew for each call: copies of call and answer, for a logger that nobody has given; how the client is called. */
const madeAnew = ['loggerMiddleware', 'getUserAgentMiddleware'];
/** How the store, and CloudTrail, know our calls. */
const USER_AGENT = 'serverless-profile aws-sdk-js/3';

/** The one DynamoDB client of this sandbox, made at first use: for what is read as the store writes it. */
export function plainClient(): DynamoDBClient {
  if (client !== undefined) return client;
  client = new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  for (const name of madeAnew) client.middlewareStack.remove(name);
  client.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (isWithHeaders(request)) request.headers['user-agent'] = USER_AGENT;
      return next(args);
    },
    { step: 'build', name: 'userAgent' },
  );
  return client;
}

const isWithHeaders = (request: unknown): request is { headers: Record<string, string> } =>
  typeof request === 'object' && request !== null && 'headers' in request;

/** The same, which converts values to JavaScript's and back. */
export function documentClient(): DynamoDBDocumentClient {
  converting ??= DynamoDBDocumentClient.from(plainClient(), { marshallOptions: { removeUndefinedValues: true } });
  return converting;
}
