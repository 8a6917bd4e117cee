import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type ApiError, invalidRequest, unsupportedContentEncoding } from '../errors/api-error.ts';

/** What the gateway puts for bytes that are no UTF-8 where it hands a body over as text. */
const REPLACEMENT = '\ufffd';

const encodingOf = (event: APIGatewayProxyEventV2) => (event.isBase64Encoded ? 'base64' : 'utf8');

/** How many bytes the body has. */
export const sizeOf = (event: APIGatewayProxyEventV2): number => Buffer.byteLength(event.body ?? '', encodingOf(event));

/** The bytes of the body. */
export const bytesOf = (event: APIGatewayProxyEventV2): Buffer => Buffer.from(event.body ?? '', encodingOf(event));

/** The value of a header by its name in lower case; empty where there is none. */
export function headerOf(event: APIGatewayProxyEventV2, name: string): string {
  const entry = Object.entries(event.headers).find(([key]) => key.toLowerCase() === name);
  return entry?.[1] ?? '';
}

/** The fault of a body that is packed: its own length and meaning are hidden (contract 9.1 #58). */
export function packingFault(event: APIGatewayProxyEventV2): ApiError | undefined {
  const encoding = headerOf(event, 'content-encoding').trim();
  const isPlain = encoding.split(',').every((coding) => /^\s*(identity)?\s*$/i.test(coding));
  return isPlain || !event.body ? undefined : unsupportedContentEncoding(encoding);
}

/**
 * The fault of a body that the gateway handed over as text although it was none. Most of what it put for the client's bytes is longer than they were,
 * so the length tells it from a character that the client sent.
 */
export function textFault(event: APIGatewayProxyEventV2): ApiError | undefined {
  const { body = '', isBase64Encoded } = event;
  if (isBase64Encoded) return undefined;
  const length = headerOf(event, 'content-length');
  const isReplaced = body.includes(REPLACEMENT) && /^\d+$/.test(length) && Number(length) !== Buffer.byteLength(body);
  return isReplaced || !body.isWellFormed() ? notUtf8() : undefined;
}

/** The fault of a body that has to be a text and is none (contract 9.1 #54). */
export const notUtf8 = () => invalidRequest('The body is not UTF-8');
