import { bucketClient } from '../functions/shared/repositories/bucket.ts';

/** Names of all calls of S3 from now on; whoever measures empties the list. */
export function recordBucketCalls(): string[] {
  const names: string[] = [];
  bucketClient().middlewareStack.add(
    (next, context) => (args) => {
      names.push(String(context.commandName));
      return next(args);
    },
    { step: 'initialize', name: 'benchBucketCalls' },
  );
  return names;
}

const count = (names: readonly string[], pattern: RegExp) => names.filter((name) => pattern.test(name)).length;

/** Requests of the two prices that S3 has; deleting is free. */
export const bucketRequestsOf = (names: readonly string[]): { bucketPuts: number; bucketGets: number } => ({
  bucketPuts: count(names, /^(Put|List)/),
  bucketGets: count(names, /^Get/),
});
