import { types } from 'node:util';
import * as z from 'zod/mini';
import { shown } from '../setting-values.ts';
import { codeOf, messageOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import { localCredentials } from './environment.ts';

/** Where the environment names a DynamoDB, that one is used and none is started (DynamoDB Local, for example). */
export const ENGINE_VARIABLE = 'AWS_ENDPOINT_URL_DYNAMODB';
const TIMEOUT_MS = 10_000;

/** What tables are made with, and what functions call. */
const operations = [
  'CreateTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'UpdateTimeToLive',
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
];

/** Every refusal of a DynamoDB says its kind; none of these requests is anything but refused. */
const refusal = z.looseObject({ __type: z.string() });

/** The DynamoDB that the environment names; undefined where it names none. */
export const givenEngine = (): string | undefined => process.env[ENGINE_VARIABLE] || undefined;

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol);
}

/** What nobody else should read in a terminal. */
const holdsCredentials = (text: string) => /^[^/]*\/\/[^/]*@/.test(text);

const remedy = `name one that runs, or leave ${ENGINE_VARIABLE} out for the embedded one`;

function requireUrl(value: string): void {
  if (holdsCredentials(value))
    throw new UsageError(`${ENGINE_VARIABLE} has a user name or a password in its URL: leave them out`);
  if (isHttpUrl(value)) return;
  const meant = /^[\w.-]+(:\d+)?(\/.*)?$/.test(value) && `http://${value}`;
  const hint = meant && isHttpUrl(meant) ? `: write ${meant}` : ', for example http://127.0.0.1:8000';
  throw new UsageError(`${shown(ENGINE_VARIABLE, value)} is no http:// or https:// URL${hint}`);
}

/** Node says of a connection that fails in `cause` why. */
function whyUnreachable(error: unknown): string {
  const cause = types.isNativeError(error) && error.cause !== undefined ? error.cause : error;
  return codeOf(cause) ?? messageOf(cause);
}

/** The kind of refusal that an empty request for this operation gets. Throws where what answers is no DynamoDB, or nothing does. */
async function refusalOf(url: string, operation: string): Promise<string> {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${localCredentials.AWS_ACCESS_KEY_ID}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  };
  const named = shown(ENGINE_VARIABLE, url);
  const request = { method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(TIMEOUT_MS) };
  const answered = fetch(url, request).then(async (answer) => ({ status: answer.status, text: await answer.text() }));
  const { status, text } = await answered.catch((error: unknown) => {
    throw new Error(`${named} cannot be reached (${whyUnreachable(error)}): ${remedy}`);
  });
  try {
    return z.parse(refusal, JSON.parse(text)).__type;
  } catch {
    throw new Error(`${named} is no DynamoDB (it answers ${status}, and not as one does): ${remedy}`);
  }
}

/**
 * Looks at the DynamoDB that the environment names, and changes nothing in it. Throws an Error that says what is wrong with it: its URL, that nothing
 * or something else answers there, or which operations it lacks.
 */
export async function requireGivenEngine(): Promise<void> {
  const url = givenEngine();
  if (url === undefined) return;
  requireUrl(url);
  const refusals = await Promise.all(operations.map((operation) => refusalOf(url, operation)));
  const lacking = operations.filter((_, at) => refusals[at]?.endsWith('UnknownOperationException'));
  if (lacking.length === 0) return;
  throw new Error(`${shown(ENGINE_VARIABLE, url)} does not know ${lacking.join(', ')}, which is needed: ${remedy}`);
}
