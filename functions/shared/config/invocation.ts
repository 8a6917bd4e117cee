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

const invocations = new AsyncLocalStorage<{
  readonly invocation: Invocation;
  readonly answerByMs: number | undefined;
}>();

/** Runs something as part of this call; where somebody waits for it, until then (epoch milliseconds). */
export const inInvocation = <Result>(invocation: Invocation, run: () => Result, answerByMs?: number): Result =>
  invocations.run({ invocation, answerByMs }, run);

/** Until when the call has to have its answer; undefined where nobody waits for it. */
export const answerByMs = (): number | undefined => invocations.getStore()?.answerByMs;

/** What all steps of one call share and no other call has; undefined outside of any. */
export const invocationScope = (): object | undefined => invocations.getStore();

/** The call that is being worked on; empty outside of any. */
export const currentInvocation = (): Partial<Invocation> => invocations.getStore()?.invocation ?? {};
