import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { ANSWER_LIMIT_BYTES } from '../config/answer-limit.ts';
import { jsonTextOf } from '../domain/values/json-text.ts';
import { resultTooLarge } from '../errors/api-error.ts';
import { BYTES, type Contract, EMPTY, type FileResult, type HandleResult, Headed } from './contract.ts';

/** Every answer is made here: it tells of people and sessions, so that nobody on its way may keep it (contract 1.4). */
const answer = (
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): APIGatewayProxyStructuredResultV2 => ({ statusCode, headers: { ...headers, 'cache-control': 'no-store' }, body });

/** An answer in JSON (contract 1.4); `body` is its text. */
export const jsonAnswer = (body: string, statusCode = 200, headers: Readonly<Record<string, string>> = {}) =>
  answer(statusCode, { ...headers, 'content-type': 'application/json;charset=UTF-8' }, body);

/** 200 without body and content type (contract 1.4). */
export const emptyAnswer = () => answer(200, { 'content-length': '0' }, '');

/** The result as the contract's response schema lets it pass: what is not declared cannot leave. */
export function answerOf<Response extends z.ZodMiniType | typeof EMPTY | typeof BYTES>(
  contract: Pick<Contract, 'operationId'> & { readonly response: Response },
  result: HandleResult<Response>,
): APIGatewayProxyStructuredResultV2;
export function answerOf(contract: Pick<Contract, 'response'>, result: unknown): APIGatewayProxyStructuredResultV2 {
  if (contract.response === EMPTY || result === undefined) return emptyAnswer();
  if (contract.response === BYTES) return bytesAnswer(z.parse(file, result));
  const { result: shown, headers } = result instanceof Headed ? result : new Headed(result, {});
  const body = jsonTextOf(z.parse(contract.response, shown));
  const bytes = Buffer.byteLength(body);
  if (bytes > ANSWER_LIMIT_BYTES || !fitsPayload(body, bytes)) throw resultTooLarge();
  return jsonAnswer(body, 200, headers);
}

/** Lambda's 6 MB, without what status and headers take. */
const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024 - 4096;

/**
 * The body leaves the function as a string within JSON, where each of its quotes and backslashes takes one byte more. That at most doubles it: only
 * a large one has to be measured.
 */
const fitsPayload = (body: string, bytes: number) =>
  bytes < PAYLOAD_LIMIT_BYTES / 2 - 2 || Buffer.byteLength(JSON.stringify(body)) <= PAYLOAD_LIMIT_BYTES;

const file = z.object({
  contentType: z.string(),
  contentEncoding: z.optional(z.string()),
  bytes: z.instanceof(Uint8Array),
});

/** A stored file: never sniffed, never run as a page of ours (contract 9.1 #38). */
const bytesAnswer = ({ contentType, contentEncoding, bytes }: FileResult): APIGatewayProxyStructuredResultV2 => {
  const headers = {
    'content-type': contentType,
    ...(contentEncoding === undefined ? {} : { 'content-encoding': contentEncoding }),
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  };
  return { ...answer(200, headers, Buffer.from(bytes).toString('base64')), isBase64Encoded: true };
};
