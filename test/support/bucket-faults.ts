import { bucketClient } from '../../functions/shared/repositories/bucket.ts';

type Operation = 'PutObject' | 'GetObject' | 'DeleteObjects' | 'ListObjectsV2';
type Call = () => Promise<unknown>;

/** Takes the place of a call: `call` makes it. */
export type BucketFault = (call: Call) => Promise<unknown>;

const refusal = { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } };

/** The SDK does not repeat it. */
export const refused: BucketFault = async () => {
  throw Object.assign(new Error('as told'), refusal);
};

/** Done, but nobody hears of it. */
export const unheard: BucketFault = async (call) => {
  await call();
  throw Object.assign(new Error('as told'), refusal);
};

/** What the S3 emulator never does, done at the SDK's own client. */
export interface BucketFaults {
  /** Every call since the last `reset`, in order. */
  readonly calls: readonly Operation[];
  failNext(operation: Operation, ...faults: BucketFault[]): void;
  reset(): void;
}

export function installBucketFaults(): BucketFaults {
  const calls: Operation[] = [];
  const faults = new Map<Operation, BucketFault[]>();
  bucketClient().middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '') as Operation;
      calls.push(operation);
      const fault = faults.get(operation)?.shift();
      const result = fault ? await fault(() => next(args)) : await next(args);
      return result as Awaited<ReturnType<typeof next>>;
    },
    { step: 'finalizeRequest', priority: 'low', name: 'testBucketFaults', override: true },
  );
  return {
    calls,
    failNext: (operation, ...next) => void faults.set(operation, [...(faults.get(operation) ?? []), ...next]),
    reset: () => {
      calls.length = 0;
      faults.clear();
    },
  };
}
