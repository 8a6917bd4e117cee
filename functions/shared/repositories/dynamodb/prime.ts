import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from './client.ts';
import { accessTokenKey, tokensTable } from './keys.ts';

const LIMIT_MS = 1000;

/**
 * Opens the connection to DynamoDB while Lambda starts the sandbox, which it does at full speed and waits for: by a read
 * of nothing from the one place that every function with callers may read. Does nothing elsewhere, and never fails.
 */
export async function primeConnection(): Promise<void> {
  const { AWS_LAMBDA_INITIALIZATION_TYPE, AWS_SAM_LOCAL } = process.env;
  if (AWS_LAMBDA_INITIALIZATION_TYPE === undefined || AWS_SAM_LOCAL !== undefined) return;
  try {
    const read = new GetCommand({ TableName: tokensTable(), Key: accessTokenKey('NOTHING') });
    await documentClient().send(read, { abortSignal: AbortSignal.timeout(LIMIT_MS) });
  } catch {
    // The first request will find out by itself what is wrong.
  }
}
