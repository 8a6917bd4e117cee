import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RouteMatch } from './router.ts';

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Before the question mark, still encoded. */
  readonly path: string;
  /** After it, as sent. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** An answer that API Gateway gives by itself, without the contract's body. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly message: string;
}

/** Largest body that the gateway takes. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
/** Largest event that a function takes. */
export const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

export const badRequest: GatewayAnswer = { statusCode: 400, message: 'Bad Request' };
export const tooLarge: GatewayAnswer = { statusCode: 413, message: 'Request Entity Too Large' };
export const handlerFailed: GatewayAnswer = { statusCode: 500, message: 'Internal Server Error' };

/** The path as the event has it; undefined where its encoding is broken. */
export function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Names in lower case, several headers of one name joined. */
function headersOf(request: WireRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]},${value}`;
  }
  return headers;
}

function queryParametersOf(query: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(parameters);
}

/** What API Gateway hands over as text; anything else, and what does not say its type, arrives in base64. */
function isText(contentType = ''): boolean {
  return /^\s*(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType);
}

/** A text that is no UTF-8 is handed over as it is: what the gateway itself makes of one is not known, and functions bear either. */
function bodyOf(
  body: Buffer,
  contentType: string | undefined,
): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !isText(contentType) || !isUtf8(body);
  return { body: body.toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

/**
 * The event of payload format 2.0 that API Gateway makes of a request: `rawPath` and path parameters decoded, the query as sent. Without a
 * match it is the event of `$default`.
 */
export function eventOf(
  request: WireRequest & { readonly decodedPath: string },
  match: Pick<RouteMatch<unknown>, 'routeKey' | 'pathParameters'> | undefined,
  call: { readonly requestId: string; readonly atMs: number },
): APIGatewayProxyEventV2 {
  const { cookie, ...headers } = headersOf(request);
  const routeKey = match?.routeKey ?? '$default';
  return {
    version: '2.0',
    routeKey,
    rawPath: request.decodedPath,
    rawQueryString: request.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/[;,]\s*/) }),
    headers,
    ...(request.query === '' ? {} : { queryStringParameters: queryParametersOf(request.query) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: request.decodedPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: call.requestId,
      routeKey,
      stage: '$default',
      time: new Date(call.atMs).toISOString(),
      timeEpoch: call.atMs,
    },
    ...(match?.pathParameters === undefined ? {} : { pathParameters: { ...match.pathParameters } }),
    ...bodyOf(request.body, headers['content-type']),
  };
}

/** Whether the event is more than a function takes. */
export function exceedsPayloadLimit(event: APIGatewayProxyEventV2, bodyBytes: number): boolean {
  // Everything but the body is small (the server limits headers), so small bodies need no count.
  if (bodyBytes < PAYLOAD_LIMIT_BYTES / 2) return false;
  return Buffer.byteLength(JSON.stringify(event)) > PAYLOAD_LIMIT_BYTES;
}
