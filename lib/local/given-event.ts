import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { endpoints } from '../endpoints.ts';
import { codeOf, messageOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** What functions read of an event of API Gateway, payload format 2.0. */
const gatewayEvent = z.looseObject({
  version: z.literal('2.0'),
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: z.record(z.string(), z.string()),
  requestContext: z.looseObject({ http: z.looseObject({ method: z.string() }) }),
  isBase64Encoded: z.optional(z.boolean()),
  body: z.nullish(z.string()),
  pathParameters: z.nullish(z.record(z.string(), z.string())),
});

/** The sample of a function, from the project's root. */
export const sampleFile = (name: string): string => join('events', `${name}.json`);

function sampleHint(name: string): string {
  const file = sampleFile(name);
  return existsSync(file) ? `${file} is a sample` : `"npm run events" writes a sample to ${file}`;
}

function read(file: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return value;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new UsageError(`There is no event ${file}: ${sampleHint(name)}`);
    const why = codeOf(error) === 'EISDIR' ? 'it is a folder' : messageOf(error).replace(/\s+/g, ' ');
    throw new UsageError(`${file} is no event in JSON (${why}): ${sampleHint(name)}`);
  }
}

/** What keeps a value from being an event of the function; undefined where nothing does. */
function faultOf(value: unknown, isServed: boolean): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  if (!isServed) return undefined;
  const { error } = z.safeParse(gatewayEvent, value);
  if (error === undefined) return undefined;
  if ('httpMethod' in value) return 'it is of payload format 1.0';
  const places = [...new Set(error.issues.map(({ path }) => path.join('.')))];
  return `it has no usable ${places.join(', ')}`;
}

/**
 * The event in a file, for one function. The worker of tenant changes takes any object, every other function an event of payload format 2.0. Throws a
 * `UsageError` that says what is missing, and where a sample is.
 */
export function readGivenEvent(file: string, name: string): object {
  const value = read(file, name);
  const isServed = name === 'fallback' || endpoints.some((endpoint) => endpoint.name === name);
  const fault = faultOf(value, isServed);
  if (fault === undefined && typeof value === 'object' && value !== null) return value;
  const wanted = isServed ? 'event of API Gateway, payload format 2.0' : 'event';
  throw new UsageError(`${file} is no ${wanted} (${fault}): ${sampleHint(name)}`);
}
