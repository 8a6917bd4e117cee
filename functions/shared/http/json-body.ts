import { isUtf8 } from 'node:buffer';
import type * as z from 'zod/mini';
import { parseJson } from '../domain/values/json.ts';
import { type ApiError, invalidRequest } from '../errors/api-error.ts';
import { notUtf8 } from './event-body.ts';

/** Each value takes a schema some 2 µs. */
const MANY_VALUES = 2_000;
const beforeValues = new Set(Buffer.from('{[,'));

/** Whether a JSON text has so many values that to check them against a schema takes more than a few milliseconds. */
export function hasManyValues(bytes: Buffer): boolean {
  let count = 0;
  for (const byte of bytes) if (beforeValues.has(byte)) count++;
  return count > MANY_VALUES;
}

/** The value as the schema gives it, or what is wrong with it (contract 1.3). */
export function readJson(
  bytes: Buffer,
  schema: z.ZodMiniType,
): { readonly json?: unknown; readonly problem?: ApiError } {
  if (!isUtf8(bytes)) return { problem: notUtf8() };
  const value = parseJson(bytes.toString('utf8'));
  if (value === undefined) return { problem: invalidRequest('The body is not readable JSON') };
  const result = schema.safeParse(value);
  if (result.success) return { json: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  return { problem: invalidRequest(`The body${where === '' ? '' : ` at "${where}"`} ${faultOf(issue)}`) };
}

function faultOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return `has unknown property "${issue.keys.join('", "')}"`;
  if (issue?.code === 'too_big' && issue.origin === 'array')
    return `has more than ${issue.maximum} elements in its lists`;
  return 'is not valid';
}
