import { accessTokenExamples } from './examples/access-token.ts';
import { attachmentExamples } from './examples/attachment.ts';
import { authenticationExamples } from './examples/authentication.ts';
import { monitoringExamples } from './examples/monitoring.ts';
import { profileExamples } from './examples/profile.ts';
import { profileQueryExamples } from './examples/profile-query.ts';
import { tenantExamples } from './examples/tenant.ts';
import { verificationExamples } from './examples/verification.ts';

/** Values of path variables and parameters by name, as a client writes them. */
export type ExampleParameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A request that works on the sample data of the local stack, and what it answers. */
export interface OperationExample {
  readonly parameters?: ExampleParameters;
  /** A JSON body. */
  readonly body?: unknown;
  /** Absent where the answer is empty or bytes. */
  readonly answer?: unknown;
}

/** One for every endpoint, by operation id. */
export const examples: ReadonlyMap<string, OperationExample> = new Map(
  Object.entries<OperationExample>({
    ...accessTokenExamples,
    ...tenantExamples,
    ...profileExamples,
    ...profileQueryExamples,
    ...verificationExamples,
    ...attachmentExamples,
    ...authenticationExamples,
    ...monitoringExamples,
  }),
);

/** Throws where there is none. */
export function exampleOf(operationId: string): OperationExample {
  const example = examples.get(operationId);
  if (example === undefined) throw new Error(`Operation ${operationId} has no example in lib/openapi/examples`);
  return example;
}
