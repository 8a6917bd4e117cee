import * as routes from '../functions/routes.ts';
import type { LambdaHandler } from '../functions/shared/http/as-invocation.ts';
import type { Contract } from '../functions/shared/http/contract.ts';

/** An endpoint as infrastructure, local stack, OpenAPI and tests see it. */
export interface Endpoint {
  readonly contract: Contract;
  readonly handler: LambdaHandler;
  /** The intents that it works with, by name; its grants come from what they call. */
  readonly dependencies: Readonly<Record<string, unknown>>;
  /** The same name in every place: bundle, event, log group, for example `profile/reset-password`. */
  readonly name: string;
}

const kebab = (camelCase: string) => camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `functions/<resource>/<operation>.ts`: the first part of the URL, and the operation id. */
function nameOf({ path, operationId }: Contract): string {
  const resource = path.split('/')[1] ?? '';
  return `${resource.replaceAll('_', '-')}/${kebab(operationId)}`;
}

/** Every endpoint, in the order of `functions/routes.ts`. */
export const endpoints: readonly Endpoint[] = Object.values(routes).map((route) => ({
  contract: route.contract,
  handler: route.handler,
  dependencies: 'dependencies' in route ? route.dependencies : {},
  name: nameOf(route.contract),
}));
