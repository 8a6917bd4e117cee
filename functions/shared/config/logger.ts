import { Logger } from '@aws-lambda-powertools/logger';
import { describeAwsError, word } from './aws-errors.ts';
import { ConfigurationError } from './configuration.ts';
import { currentInvocation } from './invocation.ts';

/** Put in by the build: which bundle this is, so that its source map can be told from that of any other. */
declare const BUNDLE_ID: string | undefined;

let logger: Logger | undefined;

/**
 * The JSON logger of this sandbox, made at first use; what it logs carries the ids of the call. Never give it a path, a parameter or an error object
 * of the SDK.
 */
export function log(): Logger {
  const bundle = typeof BUNDLE_ID === 'undefined' ? undefined : BUNDLE_ID;
  logger ??= new Logger({ serviceName: 'serverless-profile', persistentKeys: { bundle } });
  logger.resetKeys();
  logger.appendKeys({ ...currentInvocation() });
  return logger;
}

/** The SDK alone takes a dozen frames before it comes to the call. */
const MOST_FRAMES = 30;
const MOST_CAUSES = 4;

const isFrame = (line: string) => /^ {4}at .+:\d+:\d+\)?$/.test(line);

function framesOf({ stack, message }: Error): readonly string[] {
  const frames = String(stack ?? '')
    .replace(message, '')
    .split('\n')
    .filter(isFrame);
  return frames.slice(0, MOST_FRAMES).map((line) => line.trim());
}

/**
 * What may be logged of an unexpected error: its class, where it came from, and what AWS says of it in ids and codes. Its message stays out, because
 * messages of the SDK and of parsers quote the data that they choked on; only a fault of the configuration says what it is.
 */
export function describeError(error: unknown, causes = MOST_CAUSES): Record<string, unknown> {
  try {
    if (!(error instanceof Error)) return { name: typeof error };
    return {
      name: word(error.name) ?? 'Error',
      ...(error instanceof ConfigurationError ? { message: error.message } : {}),
      ...describeAwsError(error),
      stack: framesOf(error),
      ...(error.cause === undefined || causes === 0 ? {} : { cause: describeError(error.cause, causes - 1) }),
    };
  } catch {
    return { name: 'an error that cannot be read' };
  }
}
