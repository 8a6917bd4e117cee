import { Logger } from '@aws-lambda-powertools/logger';
import { ConfigurationError } from './configuration.ts';

let logger: Logger | undefined;

/** The JSON logger of this sandbox, made at first use. Never give it a path, a parameter or an error object of the SDK. */
export function log(): Logger {
  logger ??= new Logger({ serviceName: 'serverless-profile' });
  return logger;
}

const isFrame = (line: string) => /^ {4}at .+:\d+:\d+\)?$/.test(line);

/**
 * What may be logged of an unexpected error: its class and where it came from. Its message stays out, because messages of the SDK
 * and of parsers quote the data that they choked on; only a fault of the configuration says what it is.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').replace(error.message, '').split('\n').filter(isFrame);
  return {
    name: error.name,
    ...(error instanceof ConfigurationError ? { message: error.message } : {}),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
