import { bundleNames } from './build/bundle.ts';
import { endpoints } from './endpoints.ts';
import { didYouMean } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** The function of an operation id (`resetPassword`), of its own name (`profile/reset-password`) or of its source; undefined where there is none. */
export function functionNamed(given: string): string | undefined {
  const name = given.replace(/^(\.\/)?functions\//, '').replace(/\.ts$/, '');
  const endpoint = endpoints.find(({ contract }) => contract.operationId === name);
  return endpoint?.name ?? bundleNames().find((one) => one === name);
}

/** The same; throws a `UsageError` with the nearest one. */
export function requireFunction(given: string): string {
  const name = functionNamed(given);
  if (name !== undefined) return name;
  const known = [...bundleNames(), ...endpoints.map(({ contract }) => contract.operationId)];
  const likely = didYouMean(given, known) || ':';
  throw new UsageError(
    `There is no function ${JSON.stringify(given)}${likely} they are named as in functions/ (profile/reset-password) or in openapi.json (resetPassword)`,
  );
}
