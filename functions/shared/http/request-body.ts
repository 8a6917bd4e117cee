import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { setting } from '../config/configuration.ts';
import { type ApiError, invalidRequest, unsupportedContentType, uploadTooLarge } from '../errors/api-error.ts';
import type { Contract } from './contract.ts';
import { partsOf } from './multipart.ts';

/** A file part of a multipart body, under the name that the client gave it. */
export interface Upload {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What the body holds; `problem` is what makes it unreadable, to be told once the caller is known. */
export interface RequestBody {
  /** Form fields or text parts, in their order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: ReadonlyMap<string, Upload>;
  readonly json?: unknown;
  readonly problem?: ApiError;
}

const nothing: RequestBody = { fields: [], files: new Map() };

function bytesOf(event: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
}

function headerOf(event: APIGatewayProxyEventV2, name: string): string {
  const entry = Object.entries(event.headers).find(([key]) => key.toLowerCase() === name);
  return entry?.[1] ?? '';
}

const formFields = (text: string): RequestBody => ({ ...nothing, fields: [...new URLSearchParams(text)] });

/** Of several files of one name the first counts. */
function multipart(body: Buffer, contentType: string): RequestBody {
  const parts = partsOf(body, contentType);
  if (parts === undefined) return { ...nothing, problem: invalidRequest('The multipart body cannot be read') };
  const fields: [string, string][] = [];
  const files = new Map<string, Upload>();
  for (const { name, fileName, bytes } of parts) {
    if (fileName === undefined) fields.push([name, bytes.toString('utf8')]);
    else if (!files.has(name)) files.set(name, { fileName, bytes });
  }
  return { ...nothing, fields, files };
}

/** What is in too large a body is read all the same: the caller's access token may be. */
function withinLimit(contract: Contract, size: number, body: RequestBody): RequestBody {
  const limitBytes = contract.upload ? setting('uploadLimitBytes') : Number.POSITIVE_INFINITY;
  return size > limitBytes ? { ...body, problem: uploadTooLarge(limitBytes) } : body;
}

function jsonBody(text: string, schema: z.ZodMiniType): RequestBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...nothing, problem: invalidRequest('The body is not readable JSON') };
  }
  const result = schema.safeParse(value);
  if (result.success) return { ...nothing, json: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') ?? '';
  const what =
    issue?.code === 'unrecognized_keys' ? `has unknown property "${issue.keys.join('", "')}"` : 'is not valid';
  return { ...nothing, problem: invalidRequest(`The body${where === '' ? '' : ` at "${where}"`} ${what}`) };
}

/** Reads the body as the contract and its content type say (contract 1.3). */
export function readBody(contract: Contract, event: APIGatewayProxyEventV2): RequestBody {
  const contentType = headerOf(event, 'content-type');
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const bytes = bytesOf(event);
  if (contract.body !== undefined) {
    const readable = mediaType === 'application/json' || mediaType.endsWith('+json');
    if (readable) return jsonBody(bytes.toString('utf8'), contract.body);
    if (contentType === '' && bytes.length === 0) return { ...nothing, problem: invalidRequest('The body is missing') };
    return { ...nothing, problem: unsupportedContentType(mediaType) };
  }
  if (event.requestContext.http.method === 'GET') return nothing;
  if (mediaType === 'application/x-www-form-urlencoded') return formFields(bytes.toString('utf8'));
  const body = mediaType === 'multipart/form-data' ? multipart(bytes, contentType) : nothing;
  return withinLimit(contract, bytes.length, body);
}
