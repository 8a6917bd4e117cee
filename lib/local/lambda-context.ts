import type { Context } from 'aws-lambda';

const TIMEOUT_MS = 29_000;

/** What Lambda tells a function of its call. */
export function lambdaContext(functionName: string, awsRequestId: string): Context {
  const deadlineMs = Date.now() + TIMEOUT_MS;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
