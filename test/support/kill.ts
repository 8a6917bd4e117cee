import { bucketClient } from '../../functions/shared/repositories/bucket.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';

/** Ends work between two of its calls of store and bucket, as a killed process does: no call after that one is made. */
export interface Kill {
  /** Lets so many calls through from now on, and none after them. */
  after(calls: number): void;
  /** Lets all through again; answers how many there were since `after`. */
  revive(): number;
}

/** Installs it on both clients of this process. */
export function installKill(): Kill {
  const state = { left: Number.POSITIVE_INFINITY, made: 0 };
  const take = () => {
    if (state.left <= 0) throw Object.assign(new Error('killed'), { $metadata: { attempts: 1 } });
    state.left--;
    state.made++;
  };
  const options = { step: 'initialize', name: 'testKill', override: true } as const;
  documentClient().middlewareStack.add(
    (next) => async (args) => {
      take();
      return next(args);
    },
    options,
  );
  bucketClient().middlewareStack.add(
    (next) => async (args) => {
      take();
      return next(args);
    },
    options,
  );
  return {
    after: (calls) => Object.assign(state, { left: calls, made: 0 }),
    revive: () => {
      state.left = Number.POSITIVE_INFINITY;
      return state.made;
    },
  };
}
