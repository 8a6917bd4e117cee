import { codeOf, messageOf } from '../system-errors.ts';

/** A request to the API; its caller is named by the header, so that no address holds a secret. */
export interface Call {
  readonly method: string;
  /** After `/api/1`, encoded, with the query. */
  readonly path: string;
  readonly body?: URLSearchParams | FormData;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Under which the logs have it. */
  readonly requestId: string | undefined;
  readonly headers: Headers;
  /** The value of an answer in JSON; of any other undefined. */
  readonly json: unknown;
  readonly bytes: Buffer;
}

export type Send = (call: Call) => Promise<Answer>;

/** API Gateway gives up after 30 s. */
const LIMIT_MS = 35_000;

/** No answer came; its message says why and names no address. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

const reasonOf = (failure: unknown): string => {
  if (failure instanceof Error && failure.name === 'TimeoutError') return `none in ${LIMIT_MS / 1000} s`;
  const cause = failure instanceof Error ? (failure.cause ?? failure) : failure;
  return codeOf(cause) ?? messageOf(cause);
};

function jsonOf(headers: Headers, text: string): unknown {
  if (!(headers.get('content-type') ?? '').startsWith('application/json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Sender {
  /** Up to and with the context path. */
  readonly url: string;
  readonly accessTokenId: string;
  /** Ends the request that is on its way, which rejects with the reason. */
  readonly signal: AbortSignal;
}

/** Calls the API of this address; rejects with `Unanswered` where nothing comes back. */
export const sender =
  ({ url, accessTokenId, signal }: Sender): Send =>
  async ({ method, path, body }) => {
    try {
      const answer = await fetch(`${url}/api/1${path}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
        headers: { authorization: `Bearer ${accessTokenId}` },
        ...(body === undefined ? {} : { body }),
      });
      const { status, headers } = answer;
      const bytes = Buffer.from(await answer.arrayBuffer());
      const requestId = headers.get('apigw-requestid') ?? headers.get('x-request-id') ?? undefined;
      return { status, requestId, headers, json: jsonOf(headers, bytes.toString()), bytes };
    } catch (failure) {
      signal.throwIfAborted();
      throw new Unanswered(`no answer: ${reasonOf(failure)}`);
    }
  };
