import { Logger } from '@aws-lambda-powertools/logger';

let logger: Logger | undefined;

/** The JSON logger of this sandbox, made at first use. Never give it a path, a parameter or an error object of the SDK. */
export function log(): Logger {
  logger ??= new Logger({ serviceName: 'serverless-profile' });
  return logger;
}

/**
 * What may be logged of an unexpected error: its class and where it came from. Its message stays out, because messages of the SDK
 * and of parsers quote the data that they choked on.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
