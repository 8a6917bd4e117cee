import { AsyncLocalStorage } from 'node:async_hooks';

/** What tells one call of a function from all others, in every line that it logs. */
export interface Invocation {
  /** The endpoint's operation id, or the function's name where it is no endpoint's. */
  readonly operation: string;
  /** API Gateway's id of the request: the access log has it, and a 500's answer. */
  readonly requestId?: string | undefined;
  /** Lambda's id of the call. */
  readonly awsRequestId?: string | undefined;
}

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs something as part of this call. */
export const inInvocation = <Result>(invocation: Invocation, run: () => Result): Result =>
  invocations.run(invocation, run);

/** The call that is being worked on; empty outside of any. */
export const currentInvocation = (): Partial<Invocation> => invocations.getStore() ?? {};
