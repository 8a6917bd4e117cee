import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { setting } from '../config/configuration.ts';
import { type ApiError, bodyTooLarge, invalidRequest, unsupportedContentType } from '../errors/api-error.ts';
import type { Contract } from './contract.ts';
import { fieldsNamed, readForm } from './form-fields.ts';
import { hasManyValues, readJson } from './json-body.ts';
import { BOUNDARY_LIMIT, boundaryOf, PARTS_LIMIT, type Part, partsOf } from './multipart.ts';

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

/** Such a body is read at once, which takes a few milliseconds at most; a larger one should wait for the caller. */
const SMALL_BODY_BYTES = 64 * 1024;
/** Five times what an item of the store can hold: each byte may be an escape of three (contract 9.1 #57). */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

const nothing: RequestBody = { fields: [], files: new Map() };
const refused = (problem: ApiError): RequestBody => ({ ...nothing, problem });

const encodingOf = (event: APIGatewayProxyEventV2) => (event.isBase64Encoded ? 'base64' : 'utf8');
const sizeOf = (event: APIGatewayProxyEventV2) => Buffer.byteLength(event.body ?? '', encodingOf(event));
const bytesOf = (event: APIGatewayProxyEventV2) => Buffer.from(event.body ?? '', encodingOf(event));

/** Whether reading the body takes more time than an unknown caller may cost. */
export const isCostlyBody = (contract: Contract, event: APIGatewayProxyEventV2): boolean =>
  sizeOf(event) > SMALL_BODY_BYTES || (contract.body !== undefined && hasManyValues(bytesOf(event)));

function headerOf(event: APIGatewayProxyEventV2, name: string): string {
  const entry = Object.entries(event.headers).find(([key]) => key.toLowerCase() === name);
  return entry?.[1] ?? '';
}

/** Of a form beyond a limit the caller's access token is read all the same: it is told first what is wrong with that (contract 1.2). */
function formBody(bytes: Buffer): RequestBody {
  const tooLarge = bytes.length > BODY_LIMIT_BYTES;
  const form = tooLarge ? { fields: [], problem: bodyTooLarge(BODY_LIMIT_BYTES) } : readForm(bytes, 'The form');
  const callers = form.problem === undefined ? [] : fieldsNamed('accessTokenId', bytes);
  return { ...nothing, ...form, fields: [...form.fields, ...callers] };
}

/** The parts of a multipart body, and what is wrong with it. */
function readParts(body: Buffer, contentType: string): { readonly parts: readonly Part[]; readonly fault?: string } {
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined && boundary.length > BOUNDARY_LIMIT)
    return { parts: [], fault: `The boundary of the multipart body is longer than ${BOUNDARY_LIMIT} characters` };
  const parts = partsOf(body, contentType);
  if (parts === undefined) return { parts: [], fault: 'The multipart body cannot be read' };
  if (parts.length <= PARTS_LIMIT) return { parts };
  return { parts, fault: `The multipart body has more than ${PARTS_LIMIT} parts` };
}

/** Of several files of one name the first counts. */
function multipartBody(body: Buffer, contentType: string): RequestBody {
  const { parts, fault } = readParts(body, contentType);
  const fields: [string, string][] = [];
  const files = new Map<string, Upload>();
  for (const { name, fileName, bytes } of parts) {
    if (fileName === undefined) fields.push([name, bytes.toString('utf8')]);
    else if (!files.has(name)) files.set(name, { fileName, bytes });
  }
  return { fields, files, ...(fault === undefined ? {} : { problem: invalidRequest(fault) }) };
}

/** What is in too large a body is read all the same: the caller's access token may be. */
function multipartWithin(limitBytes: number, body: Buffer, contentType: string): RequestBody {
  const read = multipartBody(body, contentType);
  return body.length > limitBytes ? { ...read, problem: bodyTooLarge(limitBytes) } : read;
}

/** Reads the body as the contract and its content type say (contract 1.3), within the limits of 9.1 #54 and #57. */
export function readBody(contract: Contract, event: APIGatewayProxyEventV2): RequestBody {
  const contentType = headerOf(event, 'content-type');
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (contract.body !== undefined) {
    const readable = mediaType === 'application/json' || mediaType.endsWith('+json');
    if (readable && sizeOf(event) > BODY_LIMIT_BYTES) return refused(bodyTooLarge(BODY_LIMIT_BYTES));
    if (readable) return { ...nothing, ...readJson(bytesOf(event), contract.body) };
    if (contentType === '' && !event.body) return refused(invalidRequest('The body is missing'));
    return refused(unsupportedContentType(mediaType));
  }
  if (event.requestContext.http.method === 'GET') return nothing;
  if (mediaType === 'application/x-www-form-urlencoded') return formBody(bytesOf(event));
  const limitBytes = contract.upload === undefined ? BODY_LIMIT_BYTES : setting('uploadLimitBytes');
  if (mediaType === 'multipart/form-data') return multipartWithin(limitBytes, bytesOf(event), contentType);
  return sizeOf(event) > limitBytes ? refused(bodyTooLarge(limitBytes)) : nothing;
}
