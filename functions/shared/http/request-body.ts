import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { setting } from '../config/configuration.ts';
import { type ApiError, bodyTooLarge, invalidRequest, unsupportedContentType } from '../errors/api-error.ts';
import type { Contract } from './contract.ts';
import { bytesOf, headerOf, packingFault, sizeOf, textFault } from './event-body.ts';
import { type Field, fieldFinder, readForm } from './form-fields.ts';
import { hasManyValues, readJson } from './json-body.ts';
import { BOUNDARY_LIMIT, boundaryOf, PARTS_LIMIT, type Part, partsOf } from './multipart.ts';
import { textOf } from './utf8.ts';

/** A file part of a multipart body, under the name that the client gave it. */
export interface Upload {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What the body holds; `problem` is what makes it unreadable, to be told once the caller is known. */
export interface RequestBody {
  /** Form fields or text parts, in their order. */
  readonly fields: readonly Field[];
  readonly files: ReadonlyMap<string, Upload>;
  readonly json?: unknown;
  readonly problem?: ApiError;
  /** Whether fields were sent that could not be read; the caller's access token may be one of them. */
  readonly hidesFields?: boolean;
  /** The type of a body in which no parameters are looked for. */
  readonly ignoredType?: string;
}

/** Such a body is read at once, which takes a few milliseconds at most; a larger one should wait for the caller. */
const SMALL_BODY_BYTES = 64 * 1024;
/** Five times what an item of the store can hold: each byte may be an escape of three (contract 9.1 #57). */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

const nothing: RequestBody = { fields: [], files: new Map() };
const refused = (problem: ApiError): RequestBody => ({ ...nothing, problem });

/** Whether reading the body takes more time than an unknown caller may cost. */
export const isCostlyBody = (contract: Contract, event: APIGatewayProxyEventV2): boolean =>
  sizeOf(event) > SMALL_BODY_BYTES || (contract.body !== undefined && hasManyValues(bytesOf(event)));

const mediaTypeOf = (event: APIGatewayProxyEventV2): string =>
  (headerOf(event, 'content-type').split(';')[0] ?? '').trim().toLowerCase();

const FORM = 'application/x-www-form-urlencoded';
/** The caller's access token in a form. */
const callersIn = fieldFinder('accessTokenId');

/** The caller's access token, where a form holds it, without reading the rest of it. */
export function callersInForm(contract: Contract, event: APIGatewayProxyEventV2): readonly Field[] {
  const isForm = contract.body === undefined && contract.method === 'POST' && mediaTypeOf(event) === FORM;
  return isForm && packingFault(event) === undefined ? callersIn(bytesOf(event)) : [];
}

/** Of a form beyond a limit the caller's access token is read all the same: it is told first what is wrong with that (contract 1.2). */
function formBody(bytes: Buffer): RequestBody {
  const tooLarge = bytes.length > BODY_LIMIT_BYTES;
  const form = tooLarge ? { fields: [], problem: bodyTooLarge(BODY_LIMIT_BYTES) } : readForm(bytes, 'The form');
  const callers = form.problem === undefined ? [] : callersIn(bytes);
  return { ...nothing, ...form, fields: [...form.fields, ...callers] };
}

/** The parts of a multipart body, and what is wrong with it. */
function readParts(body: Buffer, contentType: string): { readonly parts: readonly Part[]; readonly fault?: string } {
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined && boundary.length > BOUNDARY_LIMIT)
    return { parts: [], fault: `The boundary of the multipart body is longer than ${BOUNDARY_LIMIT} characters` };
  const parts = partsOf(body, boundary);
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
    if (fileName === undefined) fields.push([name, textOf(bytes)]);
    else if (!files.has(name)) files.set(name, { fileName, bytes });
  }
  return { fields, files, ...(fault === undefined ? {} : { problem: invalidRequest(fault) }) };
}

/** What is in too large a body is read all the same: the caller's access token may be. */
function multipartWithin(limitBytes: number, body: Buffer, contentType: string): RequestBody {
  const read = multipartBody(body, contentType);
  return body.length > limitBytes ? { ...read, problem: bodyTooLarge(limitBytes) } : read;
}

function jsonBody(schema: z.ZodMiniType, event: APIGatewayProxyEventV2): RequestBody {
  const mediaType = mediaTypeOf(event);
  if (mediaType !== 'application/json' && !mediaType.endsWith('+json'))
    return refused(
      headerOf(event, 'content-type') === '' && !event.body
        ? invalidRequest('The body is missing')
        : unsupportedContentType(mediaType),
    );
  if (sizeOf(event) > BODY_LIMIT_BYTES) return refused(bodyTooLarge(BODY_LIMIT_BYTES));
  return { ...nothing, ...readJson(bytesOf(event), schema) };
}

/** A form, text parts or nothing, as the content type says. */
function fieldsBody(contract: Contract, event: APIGatewayProxyEventV2): RequestBody {
  const mediaType = mediaTypeOf(event);
  if (mediaType === FORM) return formBody(bytesOf(event));
  const limitBytes = contract.upload === undefined ? BODY_LIMIT_BYTES : setting('uploadLimitBytes');
  if (mediaType === 'multipart/form-data')
    return multipartWithin(limitBytes, bytesOf(event), headerOf(event, 'content-type'));
  if (sizeOf(event) > limitBytes) return refused(bodyTooLarge(limitBytes));
  return event.body ? { ...nothing, ignoredType: mediaType } : nothing;
}

/** Reads the body as the contract and its content type say (contract 1.3), within the limits of 9.1 #54, #57 and #58. */
export function readBody(contract: Contract, event: APIGatewayProxyEventV2): RequestBody {
  if (contract.method === 'GET') return nothing;
  const packing = packingFault(event);
  if (packing !== undefined) return { ...refused(packing), hidesFields: contract.body === undefined };
  const read = contract.body === undefined ? fieldsBody(contract, event) : jsonBody(contract.body, event);
  if (read === nothing || read.ignoredType !== undefined) return read;
  const problem = read.problem ?? textFault(event);
  return problem === undefined ? read : { ...read, problem };
}
