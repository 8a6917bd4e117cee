import { bundleNames } from './build/bundle.ts';
import { endpoints } from './endpoints.ts';
import { didYouMean } from './nearest.ts';
import { pascal } from './needs.ts';
import { UsageError } from './usage-error.ts';

/** The function of an operation id (`resetPassword`), of its own name (`profile/reset-password`) or of its source; undefined where there is none. */
export function functionNamed(given: string): string | undefined {
  const name = given.replace(/^(\.\/)?functions\//, '').replace(/\.ts$/, '');
  const endpoint = endpoints.find(({ contract }) => contract.operationId === name);
  return endpoint?.name ?? bundleNames().find((one) => one === name);
}

const camel = (kebab: string) => kebab.replace(/-[a-z]/g, (pair) => pair.slice(1).toUpperCase());

/** The logical id of a function's resource, by its name: `ResetPasswordFunction` of `profile/reset-password`. */
export const functionId = (name: string): string => `${pascal(camel(name.slice(name.lastIndexOf('/') + 1)))}Function`;

/** As Lambda calls streams in a log that functions share: day, function, version and sandbox. CloudFormation has called the function after its stack and logical id. */
const stream = /\b\d{4}\/\d\d\/\d\d\/[\w-]*-([A-Za-z0-9]+)-[A-Za-z0-9]+\[[^\]\s]*\][0-9a-f]{8}/;

/** The function that writes to the log stream whose name stands in a text; undefined where there is none, or several may be meant. */
export function functionOfStream(text: string): string | undefined {
  const id = stream.exec(text)?.[1];
  if (id === undefined) return undefined;
  // CloudFormation cuts long ids.
  const [name, ...others] = bundleNames().filter((one) => functionId(one).startsWith(id));
  return others.length === 0 ? name : undefined;
}

/** The function of an operation id, its own name or its source; throws a `UsageError` with the nearest one. */
export function requireFunction(given: string): string {
  const name = functionNamed(given);
  if (name !== undefined) return name;
  const known = [...bundleNames(), ...endpoints.map(({ contract }) => contract.operationId)];
  const likely = didYouMean(given, known) || ':';
  throw new UsageError(
    `There is no function ${JSON.stringify(given)}${likely} they are named as in functions/ (profile/reset-password) or in openapi.json (resetPassword)`,
  );
}
