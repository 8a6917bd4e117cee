import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type Faults, installFaults, type Operation, throttled, transactionConflict } from '../../support/faults.ts';
import { startLocalApi } from '../../support/local-api.ts';
import { dynamodbStore, type StoreFaults, type StoreUnderTest } from './store.ts';
import { describeStore } from './suite.ts';

const writes: readonly Operation[] = ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'];
const calls: readonly Operation[] = [...writes, 'GetItem', 'Query', 'BatchGetItem'];
const metadata = { httpStatusCode: 400 };

const conflictOf = (operation: Operation) =>
  operation === 'TransactWriteItems'
    ? transactionConflict(0)
    : new TransactionConflictException({ message: 'Busy', $metadata: metadata });

/** A transaction may be turned away for one of its items. */
const throttlingOf = (operation: Operation) =>
  operation === 'TransactWriteItems'
    ? new TransactionCanceledException({
        message: 'Cancelled',
        $metadata: metadata,
        CancellationReasons: [{ Code: 'ThrottlingError' }],
      })
    : throttled();

const faultsAt = (sdk: Faults): StoreFaults => ({
  conflictOnce: () => sdk.failNext(writes, conflictOf),
  throttleOnce: () => sdk.failNext(calls, throttlingOf),
  loseAnswers: () => sdk.loseFirstAnswers(writes),
  cutNextBatch: () => sdk.cutNext('BatchGetItem', 1),
  injected: sdk.injected,
  reset: sdk.reset,
});

async function start(): Promise<StoreUnderTest> {
  // No jitter, no waiting between tries.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  const { stop } = await startLocalApi({ bucket: true });
  return { store: dynamodbStore, faults: faultsAt(installFaults()), stop };
}

describeStore(start);
