import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describeError, log } from '../../functions/shared/config/logger.ts';
import { bodyTooLarge } from '../../functions/shared/errors/api-error.ts';
import type { LambdaHandler } from '../../functions/shared/http/as-invocation.ts';
import type { Contract } from '../../functions/shared/http/contract.ts';
import { errorAnswer } from '../../functions/shared/http/error-answers.ts';
import { routeKeysOf } from '../routes.ts';
import type { PageAnswer } from './docs-page.ts';
import {
  BODY_LIMIT_BYTES,
  badRequest,
  decodedPath,
  eventOf,
  exceedsPayloadLimit,
  type GatewayAnswer,
  handlerFailed,
  PAYLOAD_LIMIT_BYTES,
  tooLarge,
  type WireRequest,
} from './gateway.ts';
import { lambdaContext } from './lambda-context.ts';
import { type Router, routerOf } from './router.ts';
import { stopServer } from './stop-server.ts';

/** An endpoint's function as the server calls it. */
export interface LocalFunction {
  readonly contract: Pick<Contract, 'method' | 'path'>;
  readonly handler: LambdaHandler;
  /** The endpoint's name: the function's, too. */
  readonly name: string;
}

/** One served request; never its path or query, which hold ids and tokens. */
export interface ServedRequest {
  readonly method: string;
  readonly routeKey: string;
  readonly statusCode: number;
  readonly durationMs: number;
}

export interface LocalServerOptions {
  readonly functions: readonly LocalFunction[];
  readonly fallback: LambdaHandler;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly contextPath?: string;
  readonly onServed?: (request: ServedRequest) => void;
  /** Pages beside the API, by path; they come first, and are not told of. */
  readonly page?: (path: string) => PageAnswer | undefined;
}

export interface LocalServer {
  /** Without context path and slash, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  stop(): Promise<void>;
}

type Answer = APIGatewayProxyStructuredResultV2;
type Target = Pick<LocalFunction, 'name' | 'handler'>;

const gatewayAnswer = (
  { statusCode, message }: GatewayAnswer,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

/** The whole body, or undefined where it is more than the gateway takes. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return size <= BODY_LIMIT_BYTES ? Buffer.concat(chunks) : undefined;
}

function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
}

function wireRequestOf(incoming: IncomingMessage, body: Buffer): WireRequest {
  const [path = '', ...query] = (incoming.url ?? '').split('?');
  return { method: incoming.method ?? '', path, query: query.join('?'), headers: headerPairs(incoming), body };
}

/** What the gateway and the function behind it answer. */
async function answerTo(
  incoming: IncomingMessage,
  router: Router<Target>,
  fallback: Target,
): Promise<{ routeKey: string; answer: Answer }> {
  const body = await readBody(incoming);
  if (body === undefined) return { routeKey: '-', answer: gatewayAnswer(tooLarge) };
  const request = wireRequestOf(incoming, body);
  const path = decodedPath(request.path);
  if (path === undefined) return { routeKey: '-', answer: gatewayAnswer(badRequest) };
  const match = router(request.method, path);
  const routeKey = match?.routeKey ?? '$default';
  const call = { requestId: randomUUID(), atMs: Date.now() };
  const event = eventOf({ ...request, decodedPath: path }, match, call);
  // Too large for a function, so none can answer: the contract's form all the same, as its 413 of up to 10 MB (9.1 #37, #56).
  if (exceedsPayloadLimit(event, body.length))
    return { routeKey, answer: errorAnswer(bodyTooLarge(PAYLOAD_LIMIT_BYTES), '3.1') };
  const { name, handler } = match?.target ?? fallback;
  try {
    return { routeKey, answer: await handler(event, lambdaContext(name, call.requestId)) };
  } catch (failure) {
    const { requestId } = call;
    log().error('The function crashed', { operation: name, requestId, error: describeError(failure) });
    return { routeKey, answer: gatewayAnswer(handlerFailed, { 'x-request-id': requestId }) };
  }
}

function write(response: ServerResponse, { statusCode = 200, headers = {}, body = '', isBase64Encoded }: Answer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  response.setHeader('content-length', bytes.length);
  response.writeHead(statusCode).end(bytes);
}

/**
 * Serves the functions on 127.0.0.1 as API Gateway and Lambda would. Rejects with the system's error where the port is taken (`EADDRINUSE`).
 */
export async function startHttpServer(options: LocalServerOptions): Promise<LocalServer> {
  const routes = options.functions.flatMap(({ contract, ...target }) =>
    routeKeysOf(contract, options.contextPath).map((routeKey) => [routeKey, target] as const),
  );
  const router = routerOf<Target>(routes);
  const fallback = { name: 'fallback', handler: options.fallback };
  const server = createServer((incoming, response) => {
    const startedMs = performance.now();
    const method = incoming.method ?? '';
    const page = method === 'GET' || method === 'HEAD' ? options.page?.(incoming.url ?? '') : undefined;
    if (page !== undefined) return write(response, { ...page, statusCode: page.status });
    answerTo(incoming, router, fallback)
      .then(({ routeKey, answer }) => {
        write(response, answer);
        const durationMs = performance.now() - startedMs;
        options.onServed?.({ method, routeKey, statusCode: answer.statusCode ?? 200, durationMs });
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => stopServer(server),
  };
}
